namespace C10k.Nodes.Collecting;

/// <summary>How often the server touched memory that was not there yet.</summary>
internal sealed class FaultsCollector : WindowCollector
{
    public override IReadOnlyList<Metric> Metrics { get; } =
    [
        new(
            MetricIds.PageFaults,
            "",
            "Page faults of the server's processes and of children they waited for.",
            Better.Lower
        ),
        new(MetricIds.MajorPageFaults, "", "Those of them that had to wait for a disk.", Better.Lower),
    ];

    // A process that ends takes its faults with it unless somebody waits for it.
    protected override IEnumerable<MetricValue> Measure(SeenWindow window) =>
        [
            MetricValue.Of(
                MetricIds.PageFaults,
                window.Index,
                Math.Max(0, window.To.PageFaults - window.From.PageFaults)
            ),
            MetricValue.Of(
                MetricIds.MajorPageFaults,
                window.Index,
                Math.Max(0, window.To.MajorPageFaults - window.From.MajorPageFaults)
            ),
        ];
}
