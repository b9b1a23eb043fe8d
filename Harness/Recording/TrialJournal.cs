using System.Text;

namespace C10k.Harness.Recording;

/// <summary>
/// Every trial of a run, one JSON object a line, on disk before the run goes on: what <c>--resume</c> goes on from. All other files of a
/// run can be made of it.
/// </summary>
internal sealed class TrialJournal : IDisposable
{
    private readonly FileStream _file;

    private TrialJournal(FileStream file) => _file = file;

    /// <summary>Creates the journal, or goes on behind its last whole line.</summary>
    public static TrialJournal Open(string path)
    {
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        var content = new byte[file.Length];
        file.ReadExactly(content);
        var complete = Array.LastIndexOf(content, (byte)'\n') + 1;
        file.SetLength(complete);
        file.Position = complete;
        return new TrialJournal(file);
    }

    /// <summary>What was completely written.</summary>
    public static IReadOnlyList<JournalEntry> Read(string path)
    {
        if (!File.Exists(path))
            return [];
        var lines = File.ReadAllText(path).Split('\n')[..^1];
        return [.. lines.Select(JournalEntry.TryParse).OfType<JournalEntry>()];
    }

    /// <summary>Adds a trial and returns when it is on disk. A failed write leaves the journal as it was.</summary>
    /// <exception cref="IOException">There is no room, or the disk fails.</exception>
    public void Append(JournalEntry entry)
    {
        var start = _file.Position;
        try
        {
            _file.Write(Encoding.UTF8.GetBytes(entry.ToLine() + "\n"));
            _file.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            _file.SetLength(start);
            _file.Position = start;
            throw;
        }
    }

    public void Dispose() => _file.Dispose();
}
