namespace C10k.Harness.Collecting;

/// <summary>How many threads and processes the server has: the larger number of the two ends of a window.</summary>
internal sealed class ThreadsCollector : WindowCollector
{
    public override IReadOnlyList<Metric> Metrics { get; } =
    [
        new(MetricIds.Threads, "", "Threads of the server's processes together.", Better.Lower),
        new(MetricIds.Processes, "", "The server's process and those it has started.", Better.Neither),
    ];

    protected override IEnumerable<MetricValue> Measure(SeenWindow window) =>
        [
            MetricValue.Of(MetricIds.Threads, window.Index, Math.Max(window.From.Threads, window.To.Threads)),
            MetricValue.Of(MetricIds.Processes, window.Index, Math.Max(window.From.Processes, window.To.Processes)),
        ];
}
