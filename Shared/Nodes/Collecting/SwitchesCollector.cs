namespace C10k.Nodes.Collecting;

/// <summary>How often threads of the server gave the CPU up, or had it taken away, in a window.</summary>
internal sealed class SwitchesCollector : WindowCollector
{
    public override IReadOnlyList<string> Metrics { get; } =
    [MetricIds.VoluntarySwitches, MetricIds.InvoluntarySwitches];

    protected override IEnumerable<MetricValue> Measure(SeenWindow window)
    {
        if (window is not { From.Switches: { } from, To.Switches: { } to })
        {
            var because = window.To.SwitchesUnavailable ?? window.From.SwitchesUnavailable ?? "they were not read";
            return Metrics.Select(id => MetricValue.Missing(id, window.Index, because));
        }
        return
        [
            MetricValue.Of(MetricIds.VoluntarySwitches, window.Index, to.Voluntary - from.Voluntary, to.Source),
            MetricValue.Of(MetricIds.InvoluntarySwitches, window.Index, to.Involuntary - from.Involuntary, to.Source),
        ];
    }
}
