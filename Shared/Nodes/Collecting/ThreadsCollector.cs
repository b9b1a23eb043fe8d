namespace C10k.Nodes.Collecting;

/// <summary>How many threads and processes the server has at the end of a window.</summary>
internal sealed class ThreadsCollector : WindowCollector
{
    public override IReadOnlyList<string> Metrics { get; } = [MetricIds.Threads, MetricIds.Processes];

    protected override IEnumerable<MetricValue> Measure(SeenWindow window) =>
        [
            MetricValue.Of(MetricIds.Threads, window.Index, window.To.Threads),
            MetricValue.Of(MetricIds.Processes, window.Index, window.To.Processes),
        ];
}
