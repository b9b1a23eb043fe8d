namespace C10k.Harness.Results;

/// <summary>The order of the cases of one workload at one number of clients.</summary>
internal static class CaseOrder
{
    /// <summary>
    /// By requests per second, the most first. Behind them come those that did not serve every client, whose figures hold for the others
    /// only, and last those without a figure.
    /// </summary>
    public static IReadOnlyList<SummaryRow> BestFirst(IEnumerable<SummaryRow> rows) =>
        [
            .. rows.OrderBy(row => row.ThroughputRps is null)
                .ThenBy(row => row.Verdict == Verdict.Starved)
                .ThenByDescending(row => row.ThroughputRps),
        ];

    /// <summary>Whether it may be called the best of those it is set beside, if it has the most.</summary>
    public static bool CanBeBest(SummaryRow row) => row is { ThroughputRps: not null, Verdict: not Verdict.Starved };
}
