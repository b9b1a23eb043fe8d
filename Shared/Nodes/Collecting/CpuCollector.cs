using System.Diagnostics;

namespace C10k.Nodes.Collecting;

/// <summary>How many CPUs the server kept busy in a window.</summary>
internal sealed class CpuCollector : WindowCollector
{
    public override IReadOnlyList<string> Metrics { get; } =
    [MetricIds.ServerCpuCores, MetricIds.ServerCpuUserCores, MetricIds.ServerCpuSystemCores];

    protected override IEnumerable<MetricValue> Measure(SeenWindow window)
    {
        // The time between the readings of the clocks, which is the window as the clocks have seen it.
        var (from, to) = (window.From, window.To);
        var elapsed = Stopwatch.GetElapsedTime(from.Timestamp, to.Timestamp);
        if (elapsed <= TimeSpan.Zero)
            return Metrics.Select(id => MetricValue.Missing(id, window.Index, "the window has no length"));
        return
        [
            MetricValue.Of(MetricIds.ServerCpuCores, window.Index, (to.Cpu - from.Cpu) / elapsed),
            MetricValue.Of(MetricIds.ServerCpuUserCores, window.Index, (to.UserCpu - from.UserCpu) / elapsed),
            MetricValue.Of(MetricIds.ServerCpuSystemCores, window.Index, (to.SystemCpu - from.SystemCpu) / elapsed),
        ];
    }
}
