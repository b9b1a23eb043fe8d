namespace C10k.Harness.Collecting;

/// <summary>What /proc/PID/stat tells; see proc_pid_stat(5).</summary>
/// <param name="Pid">The process.</param>
/// <param name="Parent">0 for processes whose parent is outside of this PID namespace.</param>
/// <param name="StartTime">In clock ticks since boot. With the number it names a process for good, for numbers are used again.</param>
/// <param name="Threads">As in /proc/PID/status, which counts them in the same place.</param>
/// <param name="Own">CPU time of its threads, ended ones included.</param>
/// <param name="Inherited">CPU time of ended children it has waited for, and of theirs.</param>
/// <param name="Zombie">Ended, and not yet waited for by its parent.</param>
internal readonly record struct ProcessStat(
    int Pid,
    int Parent,
    long StartTime,
    int Threads,
    CpuTimes Own,
    CpuTimes Inherited,
    bool Zombie
)
{
    // USER_HZ, which the kernel keeps at 100 on every architecture .NET runs on.
    private const long TimeSpanTicksPerClockTick = TimeSpan.TicksPerSecond / 100;

    /// <summary>Halted by a signal, or by who debugs it.</summary>
    public bool Halted { get; init; }

    /// <summary>Of its threads, and of ended children it has waited for.</summary>
    public long PageFaults { get; init; }

    /// <summary>Those of them that had to wait for a disk.</summary>
    public long MajorPageFaults { get; init; }

    public static bool TryParse(ReadOnlySpan<byte> text, out ProcessStat stat)
    {
        stat = default;
        // The second field is the program's name in parentheses, which may itself hold spaces and parentheses.
        var nameEnd = text.LastIndexOf((byte)')');
        if (nameEnd < 0 || !new ProcFields(text).TryNext(out var pid))
            return false;
        var fields = new ProcFields(text[(nameEnd + 1)..]);
        var state = fields.Next();
        if (!fields.TryNext(out var parent))
            return false;
        fields.Skip(5); // to minflt, field 10
        var faultsKnown = fields.TryNext(out var minor) & fields.TryNext(out var minorInherited);
        faultsKnown &= fields.TryNext(out var major) & fields.TryNext(out var majorInherited);
        if (!faultsKnown || !TryCpuTimes(ref fields, out var own) || !TryCpuTimes(ref fields, out var inherited))
            return false;
        fields.Skip(2); // to num_threads, field 20
        var threadsKnown = fields.TryNext(out var threads);
        fields.Skip(1); // to starttime, field 22
        if (!threadsKnown || !fields.TryNext(out var startTime))
            return false;
        // A main thread may end before the others; the process lives as long as one of them does.
        var zombie = (state.SequenceEqual("Z"u8) || state.SequenceEqual("X"u8)) && threads <= 1;
        stat = new ProcessStat((int)pid, (int)parent, startTime, (int)threads, own, inherited, zombie)
        {
            Halted = state.SequenceEqual("T"u8) || state.SequenceEqual("t"u8),
            MajorPageFaults = major + majorInherited,
            PageFaults = minor + minorInherited + major + majorInherited,
        };
        return true;
    }

    private static bool TryCpuTimes(ref ProcFields fields, out CpuTimes times)
    {
        var known = fields.TryNext(out var user) & fields.TryNext(out var system);
        times = CpuTimes.OfParts(Ticks(user), Ticks(system));
        return known;
    }

    private static TimeSpan Ticks(long clockTicks) => new(clockTicks * TimeSpanTicksPerClockTick);
}
