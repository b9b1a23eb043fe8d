using C10k.Harness.Results;

namespace C10k.Harness.Charts;

/// <summary>A figure of a case, and how to show it.</summary>
internal sealed record CaseMetric(string Id, string Title, string AxisTitle, Unit Unit, Func<SummaryRow, double?> Value)
{
    public Better Better { get; init; }
    public Func<SummaryRow, double?> Low { get; init; } = _ => null;
    public Func<SummaryRow, double?> High { get; init; } = _ => null;
}
