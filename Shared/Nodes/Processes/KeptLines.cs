using System.Collections.Concurrent;

namespace C10k.Nodes.Processes;

/// <summary>
/// Lines of a process that wait for whoever reads them, up to a number and a length. What nobody takes is dropped: a process that prints
/// without end fills no memory, however long its lines are.
/// </summary>
#pragma warning disable CA1001 // what it owns has nothing to give back, and a pump may still add when the reader has gone
internal sealed class KeptLines
#pragma warning restore CA1001
{
    public const int MaxLines = 10_000;
    public const long MaxCharacters = 4L * BoundedLines.MaxLength;

    private readonly BlockingCollection<string> _lines = new(MaxLines);
    private long _characters;

    /// <summary>Keeps a line, if there is room for it. Never waits.</summary>
    public void Add(string line)
    {
        var fits = Interlocked.Add(ref _characters, line.Length) <= MaxCharacters;
        if (!fits || !_lines.TryAdd(line))
            Interlocked.Add(ref _characters, -line.Length);
    }

    /// <summary>There will be no more.</summary>
    public void Complete() => _lines.CompleteAdding();

    /// <summary>The next line, or null when there will be no more.</summary>
    /// <exception cref="TimeoutException">None came in time.</exception>
    public string? Take(TimeSpan timeout, CancellationToken stop)
    {
        if (!_lines.TryTake(out var line, (int)timeout.TotalMilliseconds, stop))
            return _lines.IsCompleted ? null : throw new TimeoutException();
        Interlocked.Add(ref _characters, -line.Length);
        return line;
    }
}
