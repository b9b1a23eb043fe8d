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
    public static ISwitchSource? Choose(ProcReader reader, WatchedServer server, out string? unavailable)
    {
        unavailable = null;
        try
        {
            return new TaskstatsSwitches();
        }
        catch (SystemCallException refused)
        {
            if (SelfReportSwitches.TryOpen(server, reader) is { } selfReport)
                return selfReport;
            if (ProcTellsSwitches(reader))
                return new ProcSwitches(reader);
            unavailable = $"{refused.Message}, and this kernel's /proc/PID/task/THREAD/status tells no switches";
            return null;
        }
    }

    private static bool ProcTellsSwitches(ProcReader reader) =>
        reader.TryRead(Environment.ProcessId, "status"u8, out var text) && ThreadStatus.TryParseSwitches(text, out _);
}
