namespace C10k.Nodes.Collecting;

/// <summary>How many threads and processes the server has at the end of a window.</summary>
internal sealed class ThreadsCollector : WindowCollector
{
    public override IReadOnlyList<Metric> Metrics { get; } =
    [
        new(MetricIds.Threads, "", "Threads of the server's processes together.", Better.Lower),
        new(MetricIds.Processes, "", "The server's process and those it has started.", Better.Neither),
    ];

    protected override IEnumerable<MetricValue> Measure(SeenWindow window) =>
        [
            MetricValue.Of(MetricIds.Threads, window.Index, window.To.Threads),
            MetricValue.Of(MetricIds.Processes, window.Index, window.To.Processes),
        ];
}
