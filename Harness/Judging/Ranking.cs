using C10k.Harness.Results;

namespace C10k.Harness.Judging;

/// <summary>Sets the cases of the same workload and clients beside each other: against the baseline, and in groups that cannot be told apart.</summary>
internal static class Ranking
{
    /// <summary>The same rows, with what they are to each other.</summary>
    /// <param name="baseline">The model that others are compared with, or null.</param>
    public static IReadOnlyList<SummaryRow> Complete(
        IReadOnlyList<SummaryRow> rows,
        IEnumerable<WindowRow> windows,
        string? baseline
    )
    {
        var figures = RoundFigures.Throughput(windows);
        var groups = rows.Where(row => row.Status == CaseStatus.Ok)
            .GroupBy(row => (row.Workload, row.Clients))
            .SelectMany(group => Group([.. group], figures))
            .ToDictionary();
        return
        [
            .. rows.Select(row =>
                Compare(row, figures, baseline) with
                {
                    RankGroup = groups.TryGetValue(CaseKey.Of(row), out var group) ? group : null,
                }
            ),
        ];
    }

    private static SummaryRow Compare(SummaryRow row, ILookup<CaseKey, double> figures, string? baseline)
    {
        row = row with { Ratio = null, RatioCiLow = null, RatioCiHigh = null, VersusBaseline = null };
        if (row.Status != CaseStatus.Ok || baseline is null)
            return row;
        var own = figures[CaseKey.Of(row)].ToList();
        var others = figures[CaseKey.Of(row) with { Model = baseline }].ToList();
        if (row.Model == baseline || own.Count == 0 || others.Count == 0)
            return row;
        var comparison = Comparison.Of(others, own);
        return row with
        {
            Ratio = comparison.Ratio,
            RatioCiLow = comparison.Low,
            RatioCiHigh = comparison.High,
            VersusBaseline = comparison.Word,
        };
    }

    // From the best downwards; who is credibly slower than the best of a group begins the next one. Behind them, in groups of their own, come
    // those that did not serve every client: their figures hold for the others only.
    private static IEnumerable<KeyValuePair<CaseKey, int>> Group(
        IReadOnlyList<SummaryRow> rows,
        ILookup<CaseKey, double> figures
    )
    {
        var ranked = rows.Select(row => (Row: row, Figures: figures[CaseKey.Of(row)].ToList()))
            .Where(one => one.Figures.Count >= Comparison.FewestRounds)
            .OrderBy(one => IsStarved(one.Row))
            .ThenByDescending(one => Statistics.MedianWithInterval(one.Figures).Median)
            .ToList();
        var (group, best) = (0, ranked.FirstOrDefault());
        foreach (var one in ranked)
        {
            if (group == 0 || IsStarved(one.Row) != IsStarved(best.Row) || IsSlower(one.Figures, best.Figures))
                (group, best) = (group + 1, one);
            yield return new(CaseKey.Of(one.Row), group);
        }
    }

    private static bool IsStarved(SummaryRow row) => row.Verdict == Verdict.Starved;

    private static bool IsSlower(List<double> figures, List<double> best) =>
        Comparison.Of(best, figures).Word == Difference.Slower;
}
