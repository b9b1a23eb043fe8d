using C10k.CommandLine;
using C10k.Harness.Judging;
using C10k.Harness.Results;

namespace C10k.Harness.Comparing;

/// <summary>Two runs, case by case.</summary>
/// <param name="Cases">Those that both have figures of.</param>
/// <param name="Worse">Those of them in which B is credibly worse by more than what was allowed.</param>
/// <param name="Warnings">What must be known before the figures are believed, a line each.</param>
internal sealed record RunComparison(
    IReadOnlyList<ComparedCase> Cases,
    IReadOnlyList<ComparedCase> Worse,
    IReadOnlyList<string> Warnings
)
{
    /// <param name="threshold">The share that a difference must exceed to count.</param>
    /// <param name="failOn">The share by which B must not be worse; null where it may.</param>
    /// <param name="relativeTo">The model in both runs to whose figures the others are held, round by round; null to compare the figures as they are.</param>
    /// <exception cref="UsageException">The runs have no case in common.</exception>
    public static RunComparison Of(
        RunFiles a,
        RunFiles b,
        Yardstick yardstick,
        double threshold,
        double? failOn,
        string? relativeTo = null
    )
    {
        var (figuresA, figuresB) = (yardstick.Read(a.Windows), yardstick.Read(b.Windows));
        var (first, second) = relativeTo is null
            ? (figuresA, figuresB)
            : (yardstick.ReadRelative(a.Windows, relativeTo), yardstick.ReadRelative(b.Windows, relativeTo));
        CaseKey[] common = [.. a.Cases.Keys.Where(key => first.Contains(key) && second.Contains(key))];
        if (common.Length == 0)
            throw new UsageException(
                $"{a.Path} and {b.Path} have no case in common of which both have figures"
                    + (relativeTo is null ? "" : $" beside those of {relativeTo}: name a model that both runs measured")
            );
        var cases = common.Select(key => Compare(key, [.. first[key]], [.. second[key]])).ToList();
        var worse = cases.Where(row => IsWorse(CaseOf(row))).ToList();
        return new RunComparison(
            cases,
            worse,
            [.. EnvironmentDifferences.Between(a, b), .. Alone(a, b), .. Few(cases)]
        );

        // Sequential runs are not protected by taking turns: what disturbed one of them looks like a difference.
        bool IsDisturbed(CaseKey key) =>
            yardstick.NeedsQuiet && (a.Cases[key].Suspect ?? b.Cases[key].Suspect) is not null;

        ComparedCase Compare(CaseKey key, double[] x, double[] y)
        {
            var comparison = yardstick.Compare(x, y, threshold);
            return new ComparedCase
            {
                Model = key.Model,
                Workload = key.Workload,
                Clients = key.Clients,
                Yardstick = yardstick.Id,
                Unit = yardstick.Unit,
                A = Statistics.MedianWithInterval([.. figuresA[key]]).Median,
                B = Statistics.MedianWithInterval([.. figuresB[key]]).Median,
                RoundsA = x.Length,
                RoundsB = y.Length,
                Ratio = comparison.Ratio,
                RatioCiLow = comparison.Low,
                RatioCiHigh = comparison.High,
                PValue = comparison.PValue,
                Word = IsDisturbed(key) ? Difference.Undecided : comparison.Word,
                Note = Doubts(a.Cases[key], b.Cases[key]),
                RelativeTo = relativeTo,
            };
        }

        bool IsWorse(CaseKey key) =>
            failOn is { } share && !IsDisturbed(key) && yardstick.IsWorseBy(share, [.. first[key]], [.. second[key]]);
    }

    private static CaseKey CaseOf(ComparedCase row) => new(row.Model, row.Workload, row.Clients);

    // A figure that the load generator has set says nothing of the server.
    private static string? Doubts(SummaryRow a, SummaryRow b)
    {
        string?[] doubts =
        [
            a.Suspect is null ? null : $"A is suspect: {a.Suspect}",
            b.Suspect is null ? null : $"B is suspect: {b.Suspect}",
            a.Verdict is Verdict.LoadBound || b.Verdict is Verdict.LoadBound ? "load-bound: compare --by cpu" : null,
            a.ThroughputModes > 1 || b.ThroughputModes > 1 ? "throughput has several levels" : null,
        ];
        var found = doubts.OfType<string>().ToList();
        return found.Count == 0 ? null : string.Join("; ", found);
    }

    private static IEnumerable<string> Alone(RunFiles a, RunFiles b) =>
        a
            .Cases.Keys.Except(b.Cases.Keys)
            .Select(key => $"{key.Model} {key.Workload} {key.Clients} clients is in A only")
            .Concat(
                b.Cases.Keys.Except(a.Cases.Keys)
                    .Select(key => $"{key.Model} {key.Workload} {key.Clients} clients is in B only")
            );

    private static IEnumerable<string> Few(IReadOnlyList<ComparedCase> cases)
    {
        var few = cases.Count(row => Math.Min(row.RoundsA, row.RoundsB) < Comparison.FewestRounds);
        if (few > 0)
            yield return $"{few} of {cases.Count} cases have fewer than {Comparison.FewestRounds} rounds on a side and stay undecided: "
                + $"run with --rounds {Comparison.FewestRounds} or more";
    }
}
