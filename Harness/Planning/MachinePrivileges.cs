using C10k.Linux;
using C10k.Nodes;

namespace C10k.Harness.Planning;

/// <summary>What an ordinary user may lack, and which programs of the system are there. No default run depends on any of it.</summary>
/// <param name="TaskstatsRefusal">Why the kernel does not tell context switches by taskstats; null where it does.</param>
/// <param name="PerfParanoia"><c>kernel.perf_event_paranoid</c>; null where this kernel has none.</param>
/// <param name="Programs">Those of the system that were found.</param>
internal sealed record MachinePrivileges(string? TaskstatsRefusal, string? PerfParanoia, IReadOnlySet<string> Programs)
{
    private static readonly string[] Sought = ["setsid", "setpriv", "rsvg-convert"];

    public static MachinePrivileges Read() =>
        new(
            WhyNoTaskstats(),
            FirstLine("/proc/sys/kernel/perf_event_paranoid"),
            Sought.Where(program => Executables.OnPath(program) is not null).ToHashSet()
        );

    public IEnumerable<CheckupLine> Lines() =>
        [
            new(
                "exact context switches, of threads that ended too (taskstats)",
                TaskstatsRefusal is null ? "yes" : $"no: {TaskstatsRefusal}",
                "nothing: without, servers tell their own, or /proc does",
                true,
                "run as root (CAP_NET_ADMIN)"
            ),
            new(
                "perf events (kernel.perf_event_paranoid)",
                PerfParanoia ?? "not in this kernel",
                "nothing: for perf stat beside a run",
                true,
                "sysctl -w kernel.perf_event_paranoid=1 as root"
            ),
            new(
                "setsid and setpriv, which let the kernel end servers with the bench",
                Programs.Contains("setsid") && Programs.Contains("setpriv") ? "yes" : "no",
                "both; without, servers end by themselves when their stdin does",
                Programs.Contains("setsid") && Programs.Contains("setpriv"),
                "install util-linux"
            ),
            new(
                "rsvg-convert, which makes PNG of the charts",
                Programs.Contains("rsvg-convert") ? "yes" : "no",
                "nothing: the charts are SVG",
                true,
                "install librsvg2-bin"
            ),
        ];

    private static string? WhyNoTaskstats()
    {
        try
        {
            using var connection = new TaskstatsConnection();
            return null;
        }
        catch (SystemCallException refused)
        {
            return refused.Message;
        }
    }

    private static string? FirstLine(string path)
    {
        try
        {
            return File.ReadLines(path).FirstOrDefault();
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
