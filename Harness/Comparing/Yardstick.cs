using C10k.Harness.Judging;
using C10k.Harness.Results;

namespace C10k.Harness.Comparing;

/// <summary>What other programs on the CPUs do to a figure.</summary>
internal enum Disturbed
{
    /// <summary>CPU time for each request suffers so little that it is believed of a suspect row too.</summary>
    Hardly,

    /// <summary>Throughput falls with what is left of the CPUs.</summary>
    InProportion,

    /// <summary>A single turn on the CPU that somebody else has may make the slowest requests many times slower.</summary>
    BeyondMeasure,
}

/// <summary>A figure by which runs are compared, one for each round.</summary>
/// <param name="Id">Its name on the command line.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Unit">As in the names of columns.</param>
/// <param name="LessIsBetter">Whether the smaller figure is the faster one.</param>
/// <param name="Disturbed">How it suffers from other programs on the CPUs.</param>
/// <param name="Of">The figure of a round from its windows; null where it cannot be had.</param>
internal sealed record Yardstick(
    string Id,
    string Title,
    string Unit,
    bool LessIsBetter,
    Disturbed Disturbed,
    Func<IReadOnlyList<WindowRow>, double?> Of
)
{
    /// <summary>Every yardstick there is.</summary>
    public static IReadOnlyList<Yardstick> All { get; } =
    [
        new("throughput", "requests per second", "rps", false, Disturbed.InProportion, RoundFigures.RequestsPerSecond),
        new(
            "cpu",
            "the server's CPU time for each request",
            "us_per_request",
            true,
            Disturbed.Hardly,
            RoundFigures.CpuUsPerRequest
        ),
        new(
            "p99",
            "the 99th percentile of the response time",
            "us",
            true,
            Disturbed.BeyondMeasure,
            rows => rows.Average(row => row.P99Us)
        ),
    ];

    /// <summary>As it is shown.</summary>
    public Charts.Unit Shown => Unit == "rps" ? Charts.Unit.Count : Charts.Unit.Microseconds;

    /// <summary>The figures of all rounds of each case.</summary>
    public ILookup<CaseKey, double> Read(IEnumerable<WindowRow> windows) => RoundFigures.Read(windows, Of);

    /// <summary>
    /// The same, each divided by the figure of another model in the same round, with the same workload and clients: what troubled the
    /// whole machine troubled both, and cancels out.
    /// </summary>
    public ILookup<CaseKey, double> ReadRelative(IEnumerable<WindowRow> windows, string model)
    {
        var rounds = RoundFigures.Of(windows, Of).ToList();
        var references = rounds
            .Where(round => round.Case.Model == model)
            .ToDictionary(round => (round.Case.Workload, round.Case.Clients, round.Round), round => round.Figure);
        return rounds
            .Where(round => round.Case.Model != model)
            .Select(round => (round.Case, Share: round.Figure / Reference(round)))
            .Where(round => round.Share > 0)
            .ToLookup(round => round.Case, round => round.Share);

        double Reference(RoundFigure round) =>
            references.GetValueOrDefault((round.Case.Workload, round.Case.Clients, round.Round), double.NaN);
    }

    /// <summary>Compares so that <see cref="Difference.Faster"/> means the better one; ratio and interval are those of the figures as they are.</summary>
    public Comparison Compare(IReadOnlyList<double> first, IReadOnlyList<double> second, double threshold)
    {
        if (!LessIsBetter)
            return Comparison.Of(first, second, threshold);
        var turned = Comparison.Of(Turn(first), Turn(second), threshold);
        return turned with { Ratio = 1 / turned.Ratio, Low = 1 / turned.High, High = 1 / turned.Low };
    }

    /// <summary>Whether the second is credibly worse by more than the share.</summary>
    public bool IsWorseBy(double share, IReadOnlyList<double> first, IReadOnlyList<double> second) =>
        LessIsBetter
            ? Comparison.IsSlowerBy(share, Turn(first), Turn(second))
            : Comparison.IsSlowerBy(share, first, second);

    private static double[] Turn(IReadOnlyList<double> figures) => [.. figures.Select(figure => 1 / figure)];
}
