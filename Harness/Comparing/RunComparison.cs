using C10k.CommandLine;
using C10k.Harness.Judging;

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
        CaseKey[] common = [.. a.Cases.Keys.Where(key => first.Contains(key) && second.Contains(key) && HaveRows(key))];
        if (common.Length == 0)
            throw new UsageException(
                $"{a.Path} and {b.Path} have no case in common of which both have figures"
                    + (relativeTo is null ? "" : $" beside those of {relativeTo}: name a model that both runs measured")
            );
        var judge = new CaseJudge(yardstick, threshold, failOn);
        var pairs = common.Select(Judge).ToList();
        var cases = pairs.ConvertAll(one => one.Row);
        return new RunComparison(
            cases,
            [.. pairs.Where(one => one.IsWorse).Select(one => one.Row)],
            [.. EnvironmentDifferences.Between(a, b), .. Alone(a, b), .. Few(cases)]
        );

        (ComparedCase Row, bool IsWorse) Judge(CaseKey key)
        {
            var doubts = new CaseDoubts(a.Cases[key], b.Cases[key]);
            var reference = relativeTo is null ? null : ReferenceOf(key with { Model = relativeTo });
            var (ofA, ofB) = (first[key].ToArray(), second[key].ToArray());
            var judged = judge.Of(ofA, ofB, doubts, reference);
            var row = new ComparedCase
            {
                Model = key.Model,
                Workload = key.Workload,
                Clients = key.Clients,
                Yardstick = yardstick.Id,
                Unit = yardstick.Unit,
                A = Statistics.MedianWithInterval([.. figuresA[key]]).Median,
                B = Statistics.MedianWithInterval([.. figuresB[key]]).Median,
                RoundsA = ofA.Length,
                RoundsB = ofB.Length,
                Ratio = judged.Comparison.Ratio,
                RatioCiLow = judged.Comparison.Low,
                RatioCiHigh = judged.Comparison.High,
                PValue = judged.Comparison.PValue,
                Word = judged.Comparison.Word,
                Note = judged.Note,
                RelativeTo = relativeTo,
            };
            return (row, judged.IsWorse);
        }

        // A run that was killed has windows of cases that it never came to an end with.
        bool HaveRows(CaseKey key) =>
            Array.TrueForAll(
                [key.Model, relativeTo ?? key.Model],
                model =>
                    a.Cases.ContainsKey(key with { Model = model }) && b.Cases.ContainsKey(key with { Model = model })
            );

        CaseDoubts ReferenceOf(CaseKey key) => new(a.Cases[key], b.Cases[key]);
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
