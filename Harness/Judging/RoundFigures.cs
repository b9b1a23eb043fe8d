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
        Read(windows, RequestsPerSecond);

    /// <summary>Requests a second over several windows.</summary>
    public static double? RequestsPerSecond(IReadOnlyList<WindowRow> windows) =>
        windows.Sum(row => row.Requests) / windows.Sum(row => row.Seconds);

    /// <summary>The server's CPU time for each request over several windows, in microseconds.</summary>
    public static double? CpuUsPerRequest(IReadOnlyList<WindowRow> windows) =>
        ServerCpu.UsPerRequest(windows.Select(row => new ServerCpu(row.ServerCpuCores, row.Seconds, row.Requests)));

    /// <summary>The figure of each round that has it, by case.</summary>
    /// <inheritdoc cref="Of" path="/param"/>
    public static ILookup<CaseKey, double> Read(
        IEnumerable<WindowRow> windows,
        Func<IReadOnlyList<WindowRow>, double?> figure
    ) => Of(windows, figure).ToLookup(round => round.Case, round => round.Figure);

    /// <summary>The figure of each round that has it.</summary>
    /// <param name="figure">What a round comes to, from its windows; null or zero where it cannot be had.</param>
    public static IEnumerable<RoundFigure> Of(
        IEnumerable<WindowRow> windows,
        Func<IReadOnlyList<WindowRow>, double?> figure
    ) =>
        windows
            .GroupBy(row => (Case: CaseKey.Of(row), row.Round))
            .Select(round => new RoundFigure(round.Key.Case, round.Key.Round, figure([.. round]) ?? 0))
            .Where(round => round.Figure > 0);
}

/// <summary>What one round of a case came to.</summary>
internal readonly record struct RoundFigure(CaseKey Case, int Round, double Figure);

/// <summary>What a case is called.</summary>
internal readonly record struct CaseKey(string Model, string Workload, int Clients)
{
    public static CaseKey Of(WindowRow row) => new(row.Model, row.Workload, row.Clients);

    public static CaseKey Of(SummaryRow row) => new(row.Model, row.Workload, row.Clients);
}
