namespace C10k.Nodes.Collecting;

/// <summary>How often threads of the server gave the CPU up, or had it taken away, in a window.</summary>
internal sealed class SwitchesCollector : WindowCollector
{
    private ContextSwitches? _first;
    private ContextSwitches? _last;

    // Why switches were not read at every border.
    private string? _gap;

    public override IReadOnlyList<string> Metrics { get; } =
    [MetricIds.VoluntarySwitches, MetricIds.InvoluntarySwitches];

    /// <inheritdoc/>
    public override IEnumerable<MetricValue> End()
    {
        var values = base.End();
        return _gap is { } because && _first is { } first && _last is { } last
            ? [.. values.Select(value => MetricValue.Missing(value.MetricId, value.Window, because)), .. Together()]
            : values;

        // Instead of those of single windows: nothing is to be counted twice.
        IEnumerable<MetricValue> Together() => Difference(first, last, MetricValue.WholeTrial);
    }

    protected override IEnumerable<MetricValue> Measure(SeenWindow window)
    {
        _first ??= window.From.Switches;
        _last = window.To.Switches;
        if (window is { From.Switches: { } from, To.Switches: { } to })
            return Difference(from, to, window.Index);
        var because = window.To.SwitchesUnavailable ?? window.From.SwitchesUnavailable ?? "they were not read";
        if (window.From.Switches is not null || window.To.Switches is not null)
            _gap ??= because;
        return Metrics.Select(id => MetricValue.Missing(id, window.Index, because));
    }

    private static IEnumerable<MetricValue> Difference(ContextSwitches from, ContextSwitches to, int window) =>
        [
            MetricValue.Of(MetricIds.VoluntarySwitches, window, to.Voluntary - from.Voluntary, to.Source),
            MetricValue.Of(MetricIds.InvoluntarySwitches, window, to.Involuntary - from.Involuntary, to.Source),
        ];
}
