using C10k.Harness.Results;

namespace C10k.Harness.Judging;

/// <summary>
/// One figure for each round of each case. Rounds, and not windows, are what is compared: the windows of a round come from one process
/// and resemble each other more than they resemble another process of the same kind.
/// </summary>
internal static class RoundFigures
{
    /// <summary>Requests a second of each round in which any was answered, by case.</summary>
    public static ILookup<CaseKey, double> Throughput(IEnumerable<WindowRow> windows) =>
        windows
            .GroupBy(row => (Case: CaseKey.Of(row), row.Round))
            .Select(round => (round.Key.Case, Rps: round.Sum(row => row.Requests) / round.Sum(row => row.Seconds)))
            .Where(round => round.Rps > 0)
            .ToLookup(round => round.Case, round => round.Rps);
}

/// <summary>What a case is called.</summary>
internal readonly record struct CaseKey(string Model, string Workload, int Clients)
{
    public static CaseKey Of(WindowRow row) => new(row.Model, row.Workload, row.Clients);

    public static CaseKey Of(SummaryRow row) => new(row.Model, row.Workload, row.Clients);
}
