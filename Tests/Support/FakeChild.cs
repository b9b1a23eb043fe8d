using C10k.Harness.Trials;

namespace C10k.Tests.Support;

/// <summary>
/// A process that is none: what it prints is laid ready, and who waits for more than that is told at once that nothing came in time.
/// </summary>
internal class FakeChild(int id, string role, Action<string> tell) : IChildProcess
{
    private readonly Queue<string> _output = new();

    public int Id => id;

    public int? ExitCode { get; set; }

    public bool IsHalted { get; set; }

    /// <summary>How it ends when it is asked to; null for a process that ignores SIGTERM.</summary>
    public int? CodeWhenStopped { get; set; } = 0;

    /// <summary>How long anybody was ready to wait for its next line.</summary>
    public List<TimeSpan> Patience { get; } = [];

    public FakeChild Print(params IEnumerable<string> lines)
    {
        foreach (var line in lines)
            _output.Enqueue(line);
        return this;
    }

    public FakeChild Exit(int code)
    {
        ExitCode = code;
        return this;
    }

    public string? ReadLine(TimeSpan timeout, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        Patience.Add(timeout);
        if (_output.TryDequeue(out var line))
            return line;
        return ExitCode is null ? throw new TimeoutException() : null;
    }

    public virtual void WriteLine(string line) => tell($"{role} is told {line}");

    public bool WaitForExit(TimeSpan timeout) => ExitCode is not null;

    public bool Stop(TimeSpan grace)
    {
        tell($"{role} is stopped");
        ExitCode ??= CodeWhenStopped ?? 137;
        return CodeWhenStopped is not null;
    }

    public void Dispose() => tell($"{role} is gone");
}
