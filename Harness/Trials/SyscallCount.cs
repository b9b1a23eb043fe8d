using System.Globalization;
using C10k.Harness.Collecting;
using C10k.Harness.Planning;

namespace C10k.Harness.Trials;

/// <summary>
/// Counts the system calls of a server with perf-stat(1), in a window of its own behind the others: counting costs every system call
/// something.
/// </summary>
internal sealed class SyscallCount(IProcessLauncher launcher, TimeSpan window, CancellationToken stop)
{
    private const string Program = "perf";
    private const string Event = "raw_syscalls:sys_enter";

    // Opening a counter for each of ten thousand threads takes its time.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(20);

    /// <summary>System calls for each request, or why that is not known.</summary>
    /// <param name="processes">Whose.</param>
    /// <param name="measureRate">Measures the requests per second of the window meanwhile.</param>
    public MetricValue PerRequest(IReadOnlyCollection<int> processes, Func<double> measureRate)
    {
        if (Executables.OnPath(Program) is not { } perf)
            return Missing("perf is not installed");
        using var counter = launcher.Start(Describe(perf, processes));
        var rate = measureRate();
        try
        {
            return Read(counter) is { } calls && rate > 0
                ? MetricValue.Of(
                    MetricIds.SyscallsPerRequest,
                    MetricValue.WholeTrial,
                    calls / window.TotalSeconds / rate,
                    Program
                )
                : Missing("perf may not count here: see /proc/sys/kernel/perf_event_paranoid");
        }
        catch (TimeoutException)
        {
            return Missing("perf gave no answer in time");
        }
    }

    private ProcessStart Describe(string perf, IReadOnlyCollection<int> processes) =>
        new(
            Program,
            perf,
            [
                "stat",
                "-x",
                ",",
                "--log-fd",
                "1",
                "-e",
                Event,
                "-p",
                string.Join(',', processes),
                "--",
                "sleep",
                window.TotalSeconds.ToString(CultureInfo.InvariantCulture),
            ],
            CpuSet.Allowed
        );

    // One line of the answer begins with the count, and names the event: 109,,raw_syscalls:sys_enter,…
    private double? Read(IChildProcess counter)
    {
        while (counter.ReadLine(window + Slack, stop) is { } line)
        {
            if (
                line.Contains(Event, StringComparison.Ordinal)
                && double.TryParse(line.Split(',')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var calls)
            )
                return calls;
        }
        return null;
    }

    private static MetricValue Missing(string because) =>
        MetricValue.Missing(MetricIds.SyscallsPerRequest, MetricValue.WholeTrial, because);
}
