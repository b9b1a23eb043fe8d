namespace C10k.Nodes.Collecting;

/// <summary>How much memory the server's processes hold at the end of a window.</summary>
internal sealed class MemoryCollector : WindowCollector
{
    private const double BytesPerMb = 1024 * 1024;

    private TreeSnapshot? _before;

    public override IReadOnlyList<string> Metrics { get; } = [MetricIds.RssMb, MetricIds.RssGrowthMb];

    public override void Begin(TrialContext trial) => _before = trial.Server;

    protected override IEnumerable<MetricValue> Measure(SeenWindow window)
    {
        var bytes = window.To.RssBytes;
        yield return MetricValue.Of(MetricIds.RssMb, window.Index, bytes / BytesPerMb);
        yield return _before is { Processes: > 0 } before
            ? MetricValue.Of(MetricIds.RssGrowthMb, window.Index, (bytes - before.RssBytes) / BytesPerMb)
            : MetricValue.Missing(MetricIds.RssGrowthMb, window.Index, "the server was not seen before its clients");
    }
}
