using System.Text;

namespace C10k.Harness.Results;

/// <summary>Opens and reads append-only CSV files.</summary>
internal static class CsvFile
{
    /// <summary>Creates the file with its header, or goes on with one that is there; a torn last record is cut off.</summary>
    /// <exception cref="CsvFormatException">The file there has other columns.</exception>
    public static CsvFile<T> Open<T>(string path) => new(path);

    /// <summary>Reads what was completely written; a torn last record, without its line end, is left out.</summary>
    /// <exception cref="CsvFormatException">A column is missing, or a line is malformed.</exception>
    public static IReadOnlyList<T> Read<T>(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] content = ReadAll(file);
        int length = CompleteLength(content);
        return length == 0 ? [] : RowImporter.Read<T>(new MemoryStream(content, 0, length), path);
    }

    /// <summary>Writes the whole file anew; whoever reads it meanwhile finds the old one or the new one.</summary>
    public static void Rewrite<T>(string path, IEnumerable<T> rows)
    {
        string aside = path + ".new";
        File.Delete(aside);
        try
        {
            using (var file = Open<T>(aside))
            {
                file.Append(rows);
            }

            File.Move(aside, path, overwrite: true);
        }
        catch (IOException)
        {
            File.Delete(aside);
            throw;
        }
    }

    /// <summary>Where the last complete record ends: after the last line end that is not inside quotes.</summary>
    public static int CompleteLength(ReadOnlySpan<byte> content)
    {
        bool quoted = false;
        int complete = 0;
        for (int i = 0; i < content.Length; i++)
        {
            quoted ^= content[i] == (byte)'"';
            if (content[i] == (byte)'\n' && !quoted)
            {
                complete = i + 1;
            }
        }

        return complete;
    }

    internal static byte[] ReadAll(FileStream file)
    {
        byte[] content = new byte[file.Length];
        int read = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        return content[..read];
    }
}

/// <summary>
/// An append-only CSV file with one writer. <see cref="Append"/> writes whole records and waits for the disk, so a crash
/// at any byte loses at most the record that was being written.
/// </summary>
internal sealed class CsvFile<T> : IDisposable
{
    private readonly FileStream _file;

    internal CsvFile(string path)
    {
        // No buffer of its own: what a failed write leaves there would reach the file with the next one.
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        try
        {
            Continue(path);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>Adds the rows and returns when they are on disk. A failed write leaves the file as it was.</summary>
    public void Append(IEnumerable<T> rows) => AppendWhole(stream => RowExporter.WriteRows(rows, stream));

    public void Dispose() => _file.Dispose();

    private void Continue(string path)
    {
        byte[] content = CsvFile.ReadAll(_file);
        int length = CsvFile.CompleteLength(content);
        CheckHeader(content, path);
        _file.SetLength(length);
        _file.Position = length;
        if (length == 0)
        {
            AppendWhole(RowExporter.WriteHeader<T>);
        }
    }

    // Looks before anything is cut: a torn header is the beginning of ours, whatever else stands there is not ours to touch.
    private static void CheckHeader(byte[] content, string path)
    {
        var expected = new MemoryStream();
        RowExporter.WriteHeader<T>(expected);
        string header = Encoding.UTF8.GetString(expected.ToArray());
        int end = Array.IndexOf(content, (byte)'\n');
        string found = Encoding.UTF8.GetString(content, 0, end < 0 ? content.Length : end + 1).Replace("\r\n", "\n");
        if (end < 0 ? !header.StartsWith(found, StringComparison.Ordinal) : header != found)
        {
            throw new CsvFormatException($"{path}: line 1: other columns than this version writes; use a new folder");
        }
    }

    private void AppendWhole(Action<Stream> write)
    {
        var records = new MemoryStream();
        write(records);
        long start = _file.Position;
        try
        {
            _file.Write(records.GetBuffer(), 0, (int)records.Length);
            _file.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            // A full disk takes half a record: without it the next one still begins on a line of its own.
            _file.SetLength(start);
            _file.Position = start;
            throw;
        }
    }
}
