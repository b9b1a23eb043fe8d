using C10k.Harness.Charts;
using C10k.Harness.Judging;
using C10k.Harness.Results;

namespace C10k.Harness.Report;

/// <summary>What the rows of a workload say, in a few sentences; nothing where they differ too little to say it.</summary>
internal static class Findings
{
    private const int Most = 5;
    private const int MostNamed = 4;

    // What differs by less is no finding.
    private const double LeastLoss = 0.1;
    private const double LeastCost = 1.3;
    private const double LeastThreads = 2;

    /// <summary>Sentences about the most clients that anybody served, and about the way there.</summary>
    /// <param name="rows">The cases of one workload. Those that are suspect are named, and nothing is made of their figures.</param>
    /// <param name="key">The figure that the workload is about.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<SummaryRow> rows, CaseMetric key)
    {
        var measured = rows.Where(row => row is { Status: CaseStatus.Ok, ThroughputRps: > 0 }).ToList();
        if (measured.Count == 0)
            return ["Nothing was measured: every case was skipped or failed, for the reason beside it."];
        var clients = measured.Max(row => row.Clients);
        var there = measured.Where(row => row.Clients == clients).ToList();
        var sentences = OfTrusted([.. measured.Where(row => row.Suspect is null)], there, key);
        var doubts = Suspect(there);
        return [.. sentences.OfType<string>().Take(Most - doubts.Count), .. doubts];
    }

    private static IEnumerable<string?> OfTrusted(List<SummaryRow> trusted, List<SummaryRow> there, CaseMetric key)
    {
        var clients = there[0].Clients;
        var believed = there.Where(trusted.Contains).ToList();
        var served = CaseOrder.BestFirst(believed.Where(row => row.Verdict != Verdict.Starved));
        yield return KeyFinding.Of(key, believed);
        yield return Best(served, clients);
        yield return Worst(served);
        yield return Starved(believed, clients);
        yield return Scaling(trusted, served, clients);
        // Of the figure that the workload is about all was said.
        if (key.Id != "cpu")
            yield return Cost(served);
        if (key.Id != "threads")
            yield return Threads(served);
    }

    private static List<string> Suspect(List<SummaryRow> there)
    {
        var suspect = there
            .Where(row => row.Suspect is not null)
            .ToLookup(row => Consistency.IsContradicted(row.Suspect));
        return
        [
            .. Doubt(suspect[true], "they contradict themselves"),
            .. Doubt(suspect[false], "other programs took a part of the CPUs"),
        ];
    }

    private static IEnumerable<string> Doubt(IEnumerable<SummaryRow> suspect, string why)
    {
        var models = suspect.Select(row => row.Model).ToList();
        return models.Count == 0 ? [] : [$"Nothing is made of the figures of {Names(models)}: {why} (suspect)."];
    }

    private static string? Best(IReadOnlyList<SummaryRow> served, int clients)
    {
        if (served.Count == 0)
            return null;
        var best = served[0];
        return $"At {Count(clients)} clients {best.Model} answers the most requests: {Count(best.ThroughputRps!.Value)} a second{Limit(served)}. "
            + Rivals(served);
    }

    private static string Limit(IReadOnlyList<SummaryRow> served)
    {
        if (Grounds.IsLoadBound(served[0]))
            return "; the load generator was the limit, so it could do more";
        var bound = served.Where(Grounds.IsLoadBound).Select(row => row.Model).ToList();
        return bound.Count == 0 ? "" : $"; the load generator was the limit of {Names(bound)}, which could do more";
    }

    private static string Rivals(IReadOnlyList<SummaryRow> served)
    {
        if (served.Count < 2)
            return "";
        if (served[0].RankGroup is not { } rank)
            return Grounds.TooFewRounds(served[0]);
        var same = served.Skip(1).Where(row => row.RankGroup == rank).Select(row => row.Model).ToList();
        if (same.Count > 0)
            return $"{Names(same)} cannot be told apart from it.";
        return served.Skip(1).Any(Grounds.IsLoadBound) ? "" : "Nobody else comes near enough to be mistaken for it.";
    }

    // Whom the load generator held up may serve more than anybody.
    private static string? Worst(IReadOnlyList<SummaryRow> served)
    {
        if (served.Count < 2 || Grounds.IsLoadBound(served[^1]))
            return null;
        var (best, worst) = (served[0], served[^1]);
        var lost = 1 - (worst.ThroughputRps!.Value / best.ThroughputRps!.Value);
        if (lost < LeastLoss || !Grounds.AreApart(best, worst))
            return null;
        var least = Grounds.IsLoadBound(best) ? "at least " : "";
        return $"Of those that serve everybody, {worst.Model} serves the fewest: {least}{Share(lost)} less than {best.Model}{Grounds.OneRound(best, worst)}.";
    }

    private static string? Starved(List<SummaryRow> believed, int clients)
    {
        var starved = believed.Where(row => row.Verdict == Verdict.Starved).OrderBy(row => row.ClientsServed).ToList();
        return starved.Count == 0
            ? null
            : $"Not every client is served by {Names([.. starved.Select(row => row.Model)])}: "
                + $"{starved[0].Model} served {Count(starved[0].ClientsServed ?? 0)} of {Count(clients)} {WorstRound(starved[0])}, the others waited.";
    }

    private static string WorstRound(SummaryRow row) => row.Rounds > 1 ? "in its worst round" : "in its only round";

    private static string? Scaling(List<SummaryRow> trusted, IReadOnlyList<SummaryRow> served, int most)
    {
        var own = trusted.Where(row => row.Verdict != Verdict.Starved && !Grounds.IsLoadBound(row)).ToList();
        var fewest = trusted.Select(row => row.Clients).DefaultIfEmpty(most).Min();
        var before = own.Where(row => row.Clients == fewest).ToDictionary(row => row.Model);
        var ways = served
            .Where(row => own.Contains(row) && before.ContainsKey(row.Model))
            .Select(row => new Way(before[row.Model], row))
            .OrderBy(way => way.Share)
            .ToList();
        if (fewest == most || ways.Count < 2 || ways[^1].Share < ways[0].Share * (1 + LeastLoss))
            return null;
        return ways[0].Keeps && ways[^1].Keeps
            ? null
            : $"From {Count(fewest)} to {Count(most)} clients {ways[0].Model} {Change(ways[0])}, {ways[^1].Model} {Change(ways[^1])}"
                + $"{Grounds.OneRound(ways[0].After, ways[^1].After)}.";
    }

    private static string? Cost(IReadOnlyList<SummaryRow> served)
    {
        var known = served
            .Where(row => row.ServerCpuUsPerRequest > 0)
            .OrderBy(row => row.ServerCpuUsPerRequest)
            .ToList();
        return known.Count < 2 || known[^1].ServerCpuUsPerRequest < LeastCost * known[0].ServerCpuUsPerRequest
            ? null
            : $"A request costs the server the least CPU time with {known[0].Model} ({Time(known[0].ServerCpuUsPerRequest)}) "
                + $"and the most with {known[^1].Model} ({Time(known[^1].ServerCpuUsPerRequest)}){Grounds.OneRound(known[0], known[^1])}.";
    }

    private static string? Threads(IReadOnlyList<SummaryRow> served)
    {
        var known = served.Where(row => row.ThreadsMax > 0).OrderBy(row => row.ThreadsMax).ToList();
        return known.Count < 2 || known[^1].ThreadsMax < LeastThreads * known[0].ThreadsMax
            ? null
            : $"It takes {known[^1].Model} {Count(known[^1].ThreadsMax!.Value)} threads, and {known[0].Model} {Count(known[0].ThreadsMax!.Value)}"
                + $"{Grounds.OneRound(known[0], known[^1])}.";
    }

    private static string Change(Way way) =>
        way.Keeps ? "keeps its throughput"
        : way.Share < 1 ? $"loses {Share(1 - way.Share)} of its throughput"
        : $"gains {Share(way.Share - 1)}";

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

    /// <summary>A model from few clients to many.</summary>
    private sealed record Way(SummaryRow Before, SummaryRow After)
    {
        private const double LeastChange = 0.05;

        public string Model => After.Model;

        /// <summary>What is left of each request per second.</summary>
        public double Share => After.ThroughputRps!.Value / Before.ThroughputRps!.Value;

        public bool Keeps => Math.Abs(Share - 1) < LeastChange || Grounds.Overlap(Before, After);
    }
}
