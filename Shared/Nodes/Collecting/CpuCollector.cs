using System.Diagnostics;

namespace C10k.Nodes.Collecting;

/// <summary>How many CPUs the server kept busy in a window.</summary>
internal sealed class CpuCollector : WindowCollector
{
    public override IReadOnlyList<Metric> Metrics { get; } =
    [
        new(MetricIds.ServerCpuCores, "cores", "CPU time of the server for each second of the window.", Better.Lower),
        new(MetricIds.ServerCpuUserCores, "cores", "The part of it in the server's own code.", Better.Lower),
        new(MetricIds.ServerCpuSystemCores, "cores", "The part of it in the kernel, for the server.", Better.Lower),
    ];

    protected override IEnumerable<MetricValue> Measure(SeenWindow window)
    {
        // The time between the readings of the clocks, which is the window as the clocks have seen it.
        var (from, to) = (window.From, window.To);
        var elapsed = Stopwatch.GetElapsedTime(from.Timestamp, to.Timestamp);
        if (elapsed <= TimeSpan.Zero)
            return Metrics.Select(metric => MetricValue.Missing(metric.Id, window.Index, "the window has no length"));
        return
        [
            MetricValue.Of(MetricIds.ServerCpuCores, window.Index, (to.Cpu - from.Cpu) / elapsed),
            MetricValue.Of(MetricIds.ServerCpuUserCores, window.Index, (to.UserCpu - from.UserCpu) / elapsed),
            MetricValue.Of(MetricIds.ServerCpuSystemCores, window.Index, (to.SystemCpu - from.SystemCpu) / elapsed),
        ];
    }
}
