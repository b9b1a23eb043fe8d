using C10k.Linux;

namespace C10k.Nodes.Collecting;

/// <summary>The ways to learn context switches, by the names they have in the results, and which of them this machine allows.</summary>
internal static class SwitchSource
{
    /// <summary>Exact, with threads that have ended.</summary>
    public const string Taskstats = "taskstats";

    /// <summary>As <see cref="Taskstats"/>, from a kernel that forgets the switches of a thread when it ends.</summary>
    public const string TaskstatsLiving = "taskstats-living";

    /// <summary>The server's first process tells its own, exact; its other processes are read as with <see cref="Proc"/>.</summary>
    public const string SelfReport = "self-report";

    /// <summary>Thread by thread; misses what a thread did between the last look at it and its end.</summary>
    public const string Proc = "proc";

    /// <summary>The best source there is, or null and why there is none.</summary>
    /// <param name="server">The server's first process, which may tell its own.</param>
    public static ISwitchSource? Choose(ProcReader reader, WatchedServer server, out string? unavailable) =>
        Choose(
            () => new TaskstatsSwitches(),
            () => SelfReportSwitches.TryOpen(server, reader),
            () => ProcTellsSwitches(reader) ? new ProcSwitches(reader) : null,
            out unavailable
        );

    /// <summary>The first that opens, in this order: a source is opened only where those before it are not to be had.</summary>
    /// <param name="taskstats">Throws a <see cref="SystemCallException"/> where the kernel does not answer this user.</param>
    internal static ISwitchSource? Choose(
        Func<ISwitchSource> taskstats,
        Func<ISwitchSource?> selfReport,
        Func<ISwitchSource?> proc,
        out string? unavailable
    )
    {
        unavailable = null;
        try
        {
            return taskstats();
        }
        catch (SystemCallException refused)
        {
            if ((selfReport() ?? proc()) is { } other)
                return other;
            unavailable = $"{refused.Message}, and this kernel's /proc/PID/task/THREAD/status tells no switches";
            return null;
        }
    }

    private static bool ProcTellsSwitches(ProcReader reader) =>
        reader.TryRead(Environment.ProcessId, "status"u8, out var text) && ThreadStatus.TryParseSwitches(text, out _);
}
