namespace C10k.Nodes.Collecting;

/// <summary>A server and all its descendants at one moment. CPU and switches count from the start of the processes and never run backwards.</summary>
/// <param name="Timestamp">When the CPU clocks were read, in ticks of <see cref="System.Diagnostics.Stopwatch"/>.</param>
/// <param name="Processes">Those that live; zombies do not.</param>
/// <param name="Threads">Of all processes together.</param>
/// <param name="UserCpu">Time in user mode, in steps of 10 ms.</param>
/// <param name="SystemCpu">Time in the kernel, in steps of 10 ms.</param>
/// <param name="Cpu">User and system time together, from a finer clock than the two parts.</param>
/// <param name="RssBytes">Resident memory; pages that processes share count once for each.</param>
/// <param name="Switches">Null when they cannot be had.</param>
/// <param name="SwitchesUnavailable">Why there are no switches.</param>
internal sealed record TreeSnapshot(
    long Timestamp,
    int Processes,
    int Threads,
    TimeSpan UserCpu,
    TimeSpan SystemCpu,
    TimeSpan Cpu,
    long RssBytes,
    ContextSwitches? Switches,
    string? SwitchesUnavailable
)
{
    /// <summary>Of the processes that live and of children they waited for.</summary>
    public long PageFaults { get; init; }

    /// <summary>Those of them that had to wait for a disk.</summary>
    public long MajorPageFaults { get; init; }

    /// <summary>That the living processes have open; null when they were not asked for, or may not be seen.</summary>
    public int? Descriptors { get; init; }
}

/// <summary>Context switches of a whole tree, and where they were read (<see cref="SwitchSource"/>).</summary>
internal sealed record ContextSwitches(long Voluntary, long Involuntary, string Source);
