using System.CommandLine;
using System.Globalization;
using C10k.CommandLine;
using C10k.Contract;
using C10k.Harness.Comparing;
using C10k.Harness.Judging;
using C10k.Harness.Report;

namespace C10k.Harness.CommandLine;

/// <summary>Says of two runs where the second is faster, slower or the same.</summary>
internal static class CompareCommand
{
    private static readonly Argument<string> A = new("A") { Description = "A folder with results: the old." };
    private static readonly Argument<string> B = new("B") { Description = "Another: the new." };
    private static readonly Option<double?> FailOn = OptionOf.OptionalShare(
        "--fail-on",
        "Exit with 1 where B is credibly worse by more than this, such as 5%."
    );
    private static readonly Option<double?> Threshold = OptionOf.OptionalShare(
        "--threshold",
        "Differences up to this share matter to nobody; 2% by default."
    );
    private static readonly Option<string> By = OptionOf.Choice(
        "--by",
        "What is compared: requests a second, the server's CPU time for each request, or the 99th percentile.",
        "throughput",
        [.. Yardstick.All.Select(yardstick => yardstick.Id)]
    );
    private static readonly Option<string?> RelativeTo = new("--relative-to")
    {
        Description =
            "A model in both runs: each figure is divided by that model's in the same round, so that what troubled the whole machine cancels out.",
    };
    private static readonly Option<string> Format = OptionOf.Choice(
        "--format",
        "How it is printed.",
        "markdown",
        ["markdown", "csv"]
    );

    private static readonly Option<string?> Output = new("--output")
    {
        Description = "A folder for a page of what moved and what did not (report.html), and its rows (compare.csv).",
    };

    public static Command Create()
    {
        var compare = new Command("compare", "Compare two runs, case by case.")
        {
            A,
            B,
            FailOn,
            Threshold,
            By,
            RelativeTo,
            Format,
            Output,
        };
        compare.SetAction(Execute);
        return compare;
    }

    private static int Execute(ParseResult parsed)
    {
        var (a, b) = (RunFiles.Read(parsed.GetRequiredValue(A)), RunFiles.Read(parsed.GetRequiredValue(B)));
        var yardstick = Yardstick.All.First(yardstick => yardstick.Id == parsed.GetValue(By));
        var comparison = RunComparison.Of(
            a,
            b,
            yardstick,
            parsed.GetValue(Threshold) ?? Comparison.Negligible,
            parsed.GetValue(FailOn),
            parsed.GetValue(RelativeTo)
        );
        if (parsed.GetValue(Output) is { } folder)
            WritePage(folder, new CompareBuilder(comparison, a, b, yardstick), comparison);
        if (parsed.GetValue(Format) == "csv")
        {
            Console.Write(ComparisonText.ToCsv(comparison));
            foreach (var warning in comparison.Warnings)
                Console.Error.WriteLine(warning);
        }
        else
        {
            Console.Write(ComparisonText.ToMarkdown(comparison));
        }
        foreach (var row in comparison.Worse)
            Console.Error.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{row.Model} {row.Workload} {row.Clients} clients: credibly worse by more than {parsed.GetValue(FailOn) * 100:0.#} %"
                )
            );
        return comparison.Worse.Count > 0 ? ExitCode.Failure : ExitCode.Success;
    }

    // Its path goes to stderr: what is on stdout may be for a program.
    private static void WritePage(string folder, CompareBuilder builder, RunComparison comparison)
    {
        RunFolder.RequireUnused(folder);
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"there can be no page in {folder}: {refused.Message}");
        }
        Console.Error.WriteLine($"report: {CompareReport.Write(folder, builder, comparison)}");
    }
}
