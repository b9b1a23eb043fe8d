using C10k.Harness.Charts;
using C10k.Harness.Results;

namespace C10k.Harness.Report;

/// <summary>What the rows of a workload say, in a few sentences.</summary>
internal static class Findings
{
    private const int Most = 5;
    private const int FewestRounds = 5;
    private const int MostNamed = 4;

    /// <summary>Sentences about the most clients that anybody served, and about the way there.</summary>
    /// <param name="rows">The cases of one workload.</param>
    /// <param name="rankOf">The rank group of a case, where there is one.</param>
    /// <param name="key">The figure that the workload is about.</param>
    public static IReadOnlyList<string> Of(
        IReadOnlyList<SummaryRow> rows,
        CaseMetric key,
        Func<SummaryRow, int?> rankOf
    )
    {
        var measured = rows.Where(row => row is { Status: CaseStatus.Ok, ThroughputRps: > 0 }).ToList();
        if (measured.Count == 0)
            return ["Nothing was measured: every case was skipped or failed, for the reason beside it."];
        var clients = measured.Max(row => row.Clients);
        var there = measured.Where(row => row.Clients == clients).ToList();
        var served = there
            .Where(row => row.Verdict != Verdict.Starved)
            .OrderByDescending(row => row.ThroughputRps)
            .ToList();
        string?[] all =
        [
            KeyFinding.Of(key, there),
            Best(served, clients, rankOf),
            Worst(served),
            Starved(there, clients),
            Scaling(measured, served, clients),
            Cost(served),
            Threads(served),
        ];
        return [.. all.OfType<string>().Take(Most)];
    }

    private static string? Best(List<SummaryRow> served, int clients, Func<SummaryRow, int?> rankOf)
    {
        if (served.Count == 0)
            return null;
        var best = served[0];
        var limit = best.Verdict == Verdict.LoadBound ? "; the load generator was the limit, so it could do more" : "";
        return $"At {Count(clients)} clients {best.Model} answers the most requests: {Count(best.ThroughputRps!.Value)} a second{limit}. "
            + Rivals(served, rankOf);
    }

    private static string Rivals(List<SummaryRow> served, Func<SummaryRow, int?> rankOf)
    {
        if (served.Count < 2)
            return "";
        if (rankOf(served[0]) is not { } rank)
            return served[0].Rounds < FewestRounds
                ? "With fewer than five rounds this is a picture, not a proof: chance alone may have made the order."
                : "";
        var same = served.Skip(1).Where(row => rankOf(row) == rank).Select(row => row.Model).ToList();
        return same.Count == 0
            ? "Nobody else comes near enough to be mistaken for it."
            : $"{Names(same)} cannot be told apart from it.";
    }

    private static string? Worst(List<SummaryRow> served)
    {
        if (served.Count < 2)
            return null;
        var lost = 1 - (served[^1].ThroughputRps!.Value / served[0].ThroughputRps!.Value);
        return $"Of those that serve everybody, {served[^1].Model} serves the fewest: {Share(lost)} less than {served[0].Model}.";
    }

    private static string? Starved(List<SummaryRow> there, int clients)
    {
        var starved = there.Where(row => row.Verdict == Verdict.Starved).OrderBy(row => row.ClientsServed).ToList();
        return starved.Count == 0
            ? null
            : $"Not every client is served by {Names([.. starved.Select(row => row.Model)])}: "
                + $"{starved[0].Model} served {Count(starved[0].ClientsServed ?? 0)} of {Count(clients)}{WorstRound(starved[0])}, the others waited.";
    }

    private static string WorstRound(SummaryRow row) => row.Rounds > 1 ? " in its worst round" : "";

    private static string? Scaling(List<SummaryRow> measured, List<SummaryRow> served, int most)
    {
        var fewest = measured.Min(row => row.Clients);
        var before = measured
            .Where(row => row.Clients == fewest)
            .ToDictionary(row => row.Model, row => row.ThroughputRps!.Value);
        var kept = served
            .Where(row => before.ContainsKey(row.Model))
            .Select(row => (row.Model, Share: row.ThroughputRps!.Value / before[row.Model]))
            .OrderBy(pair => pair.Share)
            .ToList();
        return fewest == most || kept.Count < 2
            ? null
            : $"From {Count(fewest)} to {Count(most)} clients {kept[0].Model} {Change(kept[0].Share)}, {kept[^1].Model} {Change(kept[^1].Share)}.";
    }

    private static string? Cost(List<SummaryRow> served)
    {
        var known = served
            .Where(row => row.ServerCpuUsPerRequest > 0)
            .OrderBy(row => row.ServerCpuUsPerRequest)
            .ToList();
        return known.Count < 2
            ? null
            : $"A request costs the server the least CPU time with {known[0].Model} ({Time(known[0].ServerCpuUsPerRequest)}) "
                + $"and the most with {known[^1].Model} ({Time(known[^1].ServerCpuUsPerRequest)}).";
    }

    private static string? Threads(List<SummaryRow> served)
    {
        var known = served.Where(row => row.ThreadsMax > 0).OrderBy(row => row.ThreadsMax).ToList();
        return known.Count < 2 || known[0].ThreadsMax == known[^1].ThreadsMax
            ? null
            : $"It takes {known[^1].Model} {Count(known[^1].ThreadsMax!.Value)} threads, and {known[0].Model} {Count(known[0].ThreadsMax!.Value)}.";
    }

    private static string Change(double share) =>
        share < 1 ? $"loses {Share(1 - share)} of its throughput" : $"gains {Share(share - 1)}";

    /// <summary>A few names, and how many more there are.</summary>
    public static string Names(List<string> models) =>
        models.Count switch
        {
            1 => models[0],
            > MostNamed => $"{string.Join(", ", models.Take(MostNamed - 1))} and {models.Count - MostNamed + 1} more",
            _ => $"{string.Join(", ", models.SkipLast(1))} and {models[^1]}",
        };

    private static string Count(double value) => Figure.Of(Math.Round(value), Unit.Count);

    private static string Share(double share) => Figure.Of(Math.Round(share * 100), Unit.Percent);

    private static string Time(double? microseconds) => Figure.Of(microseconds!.Value, Unit.Microseconds);
}
