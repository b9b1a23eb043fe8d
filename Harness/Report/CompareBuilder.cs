using System.Globalization;
using C10k.Harness.Charts;
using C10k.Harness.Comparing;
using C10k.Harness.Judging;

namespace C10k.Harness.Report;

/// <summary>Makes all that the page of a comparison shows: first what moved, the most on top.</summary>
internal sealed class CompareBuilder(RunComparison comparison, RunFiles a, RunFiles b, Yardstick yardstick)
{
    private const double LeastScale = 1.1;
    private const double MostScale = 2;

    // How far the ratios and their intervals reach from 1, in either direction; what is beyond stands at the edge.
    private readonly double _most = Math.Clamp(
        comparison
            .Cases.SelectMany(row => new[] { row.Ratio, row.RatioCiLow ?? row.Ratio, row.RatioCiHigh ?? row.Ratio })
            .Select(ratio => Math.Max(ratio, 1 / ratio))
            .Max(),
        LeastScale,
        MostScale
    );

    /// <param name="folder">Where the page will be.</param>
    public CompareView Build(string folder) =>
        new(
            Describe(a, folder),
            Describe(b, folder),
            yardstick.Title,
            yardstick.LessIsBetter ? "lower" : "higher",
            Sentence(),
            [.. EnvironmentDifferences.Between(a, b)],
            [.. comparison.Warnings.Except(EnvironmentDifferences.Between(a, b))],
            [
                .. new[]
                {
                    Group(
                        "What moved",
                        "B is credibly better or worse by more than the threshold.",
                        Difference.Slower,
                        Difference.Faster
                    ),
                    Group(
                        "What did not move",
                        "The difference is credibly smaller than the threshold.",
                        Difference.Same
                    ),
                    Group(
                        "What nobody can say",
                        "Too few rounds, or figures that vary too much.",
                        Difference.Undecided
                    ),
                }.Where(group => group.Lines.Count > 0),
            ]
        );

    private static ComparedRun Describe(RunFiles run, string folder)
    {
        var path = Path.GetFullPath(run.Path);
        string?[] facts =
        [
            run.Environment.GetValueOrDefault("commit") is { Length: > 0 } commit ? $"commit {commit}" : null,
            run.Environment.GetValueOrDefault("line"),
        ];
        return new ComparedRun(
            Path.GetFileName(Path.TrimEndingDirectorySeparator(path)),
            // As an address: a name may hold what means something else in one.
            string.Join(
                '/',
                Path.GetRelativePath(folder, Path.Combine(path, "report.html")).Split('/').Select(Uri.EscapeDataString)
            ),
            string.Join(", ", facts.OfType<string>())
        );
    }

    private string Sentence()
    {
        var words = comparison.Cases.ToLookup(row => row.Word);
        return $"Of {Cases(comparison.Cases.Count)}, B is better in {words[Difference.Faster].Count()}, worse in {words[Difference.Slower].Count()}, "
            + $"the same in {words[Difference.Same].Count()}, and undecided in {words[Difference.Undecided].Count()}.";
    }

    private static string Cases(int count) => count == 1 ? "1 case" : $"{count} cases";

    private CompareGroup Group(string title, string explanation, params Difference[] words) =>
        new(
            title,
            explanation,
            [
                .. comparison
                    .Cases.Where(row => words.Contains(row.Word))
                    .OrderBy(row => Array.IndexOf(words, row.Word))
                    .ThenByDescending(row => Math.Abs(Math.Log(row.Ratio)))
                    .Select(Line),
            ]
        );

    private CompareLine Line(ComparedCase row) =>
        new(
            $"{row.Model}, {row.Workload}, {Figure.Of(row.Clients, Unit.Count)} clients",
            Figure.Of(row.A, yardstick.Shown),
            Figure.Of(row.B, yardstick.Shown),
            Number(row.Ratio),
            row is { RatioCiLow: { } low, RatioCiHigh: { } high } ? $"{Number(low)} – {Number(high)}" : null,
            MiniPlots.Change(row.Ratio, row.RatioCiLow, row.RatioCiHigh, _most),
            ComparisonText.Word(row.Word),
            row.Note
        );

    private static string Number(double ratio) => ratio.ToString("0.000", CultureInfo.InvariantCulture);
}
