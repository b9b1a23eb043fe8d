using C10k.Harness.Planning;

namespace C10k.Harness.Trials;

/// <summary>Starts processes. Tests put a fake in its place, and then a whole run takes milliseconds.</summary>
internal interface IProcessLauncher
{
    /// <exception cref="TrialException">The process could not be started.</exception>
    IChildProcess Start(ProcessStart start);
}

/// <summary>What to start.</summary>
/// <param name="Role">What it is called in the log: <c>server</c>, <c>load</c>.</param>
/// <param name="Cpus">Where it runs, from its first instruction on.</param>
internal sealed record ProcessStart(string Role, string Executable, IReadOnlyList<string> Arguments, CpuSet Cpus)
{
    /// <summary>Set in addition to our own environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Where it runs; empty for where we do.</summary>
    public string Folder { get; init; } = "";

    /// <summary>The signal that asks it to end.</summary>
    public StopSignal StopSignal { get; init; } = StopSignal.SIGTERM;

    /// <summary>
    /// Told of each line of its <c>stdout</c> and its <c>stderr</c>, on threads of their own. Then its stdout is for people: it goes to
    /// the log, and there is nothing to be read.
    /// </summary>
    public Action<string, string>? Heard { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Executable} {string.Join(' ', Arguments)}";
}

/// <summary>A process that was started. Disposing ends it, and all that it started, if it still runs.</summary>
internal interface IChildProcess : IDisposable
{
    int Id { get; }

    /// <summary>Null while it runs.</summary>
    int? ExitCode { get; }

    /// <summary>Whether it was halted (SIGSTOP) and so does nothing, but has not ended.</summary>
    bool IsHalted { get; }

    /// <summary>The next line of its stdout, or null when there will be no more.</summary>
    /// <exception cref="TimeoutException">None came in time.</exception>
    string? ReadLine(TimeSpan timeout, CancellationToken stop);

    /// <summary>Writes a line to its stdin. A process that no longer reads is no error: its answer will be missing.</summary>
    void WriteLine(string line);

    /// <summary>Waits for it to end by itself; false when it did not in time.</summary>
    bool WaitForExit(TimeSpan timeout);

    /// <summary>Asks it to end (by a signal); false when it had to be killed because it did not in time.</summary>
    bool Stop(TimeSpan grace);
}
