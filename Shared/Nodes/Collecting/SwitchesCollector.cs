namespace C10k.Nodes.Collecting;

/// <summary>How often threads of the server gave the CPU up, or had it taken away, in a window.</summary>
internal sealed class SwitchesCollector : WindowCollector
{
    public override IReadOnlyList<Metric> Metrics { get; } =
    [
        new(
            MetricIds.VoluntarySwitches,
            "",
            "Times a thread of the server had to wait for something and gave the CPU up.",
            Better.Lower
        ),
        new(
            MetricIds.InvoluntarySwitches,
            "",
            "Times the scheduler took the CPU away from a thread of the server that had more to do.",
            Better.Lower
        ),
    ];

    protected override IEnumerable<MetricValue> Measure(SeenWindow window)
    {
        if (window is not { From.Switches: { } from, To.Switches: { } to })
        {
            var because = window.To.SwitchesUnavailable ?? window.From.SwitchesUnavailable ?? "they were not read";
            return Metrics.Select(metric => MetricValue.Missing(metric.Id, window.Index, because));
        }
        return
        [
            MetricValue.Of(MetricIds.VoluntarySwitches, window.Index, to.Voluntary - from.Voluntary, to.Source),
            MetricValue.Of(MetricIds.InvoluntarySwitches, window.Index, to.Involuntary - from.Involuntary, to.Source),
        ];
    }
}
