namespace C10k.Nodes.Collecting;

/// <summary>How many descriptors the server has open at the end of a window: what is never closed grows from one to the next.</summary>
internal sealed class DescriptorsCollector : WindowCollector
{
    public override IReadOnlyList<string> Metrics { get; } = [MetricIds.Descriptors];

    protected override IEnumerable<MetricValue> Measure(SeenWindow window) =>
        [
            window.To.Descriptors is { } open
                ? MetricValue.Of(MetricIds.Descriptors, window.Index, open)
                : MetricValue.Missing(MetricIds.Descriptors, window.Index, "/proc/PID/fd may not be read"),
        ];
}
