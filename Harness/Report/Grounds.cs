using C10k.Harness.Judging;
using C10k.Harness.Results;

namespace C10k.Harness.Report;

/// <summary>What a sentence about figures rests on, and whether it carries the sentence.</summary>
internal static class Grounds
{
    /// <summary>Whether the figure is the load generator's, and the server could have done more.</summary>
    public static bool IsLoadBound(SummaryRow row) => row.Verdict == Verdict.LoadBound;

    /// <summary>
    /// Whether two figures of throughput are more than chance apart: by their ranks, which come from all rounds; where there were too few for
    /// ranks, by their intervals, as far as there are any.
    /// </summary>
    public static bool AreApart(SummaryRow one, SummaryRow other) =>
        (one.RankGroup, other.RankGroup) is ({ } rank, { } otherRank) ? rank != otherRank : !Overlap(one, other);

    /// <summary>Whether the intervals of two figures of throughput have something in common; not where one has none.</summary>
    public static bool Overlap(SummaryRow one, SummaryRow other) =>
        one.ThroughputCiLowRps <= other.ThroughputCiHighRps && other.ThroughputCiLowRps <= one.ThroughputCiHighRps;

    /// <summary>What stands behind a sentence that rests on a single round.</summary>
    public static string OneRound(params IEnumerable<SummaryRow> rows) =>
        rows.Any(row => row.Rounds == 1) ? " (one round)" : "";

    /// <summary>What an order of models is worth; nothing is to be said where there were rounds enough.</summary>
    public static string TooFewRounds(SummaryRow best) =>
        best.Rounds >= Comparison.FewestRounds
            ? ""
            : $"With {(best.Rounds == 1 ? "a single round" : "fewer than five rounds")} this is a picture, not a proof: chance alone may have made the order.";
}
