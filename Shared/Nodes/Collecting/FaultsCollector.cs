namespace C10k.Nodes.Collecting;

/// <summary>How often the server touched memory that was not there yet.</summary>
internal sealed class FaultsCollector : WindowCollector
{
    public override IReadOnlyList<string> Metrics { get; } = [MetricIds.PageFaults, MetricIds.MajorPageFaults];

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
