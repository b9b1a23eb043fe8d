using C10k.Harness.Results;

namespace C10k.Harness.Charts;

/// <summary>A figure of a case, and how to show it.</summary>
internal sealed record CaseMetric(string Id, string Title, string AxisTitle, Unit Unit, Func<SummaryRow, double?> Value)
{
    public Better Better { get; init; }

    /// <summary>How to read its chart, in a sentence.</summary>
    public required string Explanation { get; init; }

    /// <summary>The column of the ranking table that it draws; null where there is none.</summary>
    public string? Column { get; init; }

    /// <summary>Whether it is the load generator's figure where that had no CPU time left.</summary>
    public bool IsHeldByLoad { get; init; }

    /// <summary>What it is called in a sentence, such as <c>the CPU time per request</c>; null where it makes none.</summary>
    public string? Phrase { get; init; }

    /// <summary>Whether it has a chart only where a workload asks for it.</summary>
    public bool IsOnRequest { get; init; }

    public Func<SummaryRow, double?> Low { get; init; } = _ => null;
    public Func<SummaryRow, double?> High { get; init; } = _ => null;
}
