using System.Net;
using System.Text.RegularExpressions;
using C10k.Contract;
using C10k.Harness.External;
using C10k.Harness.Results;
using C10k.Tests.Servers;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.EndToEnd.Foreign;

/// <summary>A foreign server beside a model, loaded by LoadGen and by wrk; and its case once more, as the page tells it.</summary>
[Trait("Category", "long")]
public sealed partial class CrossCheckRunTests
{
    private const string Program = "./run-bench.sh ";

    [Fact]
    public async Task Both_figures_stand_side_by_side_and_the_case_can_be_repeated()
    {
        Installed.Require("wrk");
        await using var harness = new HarnessRun();
        var server =
            $"name=mine,ready=contract,conversations=http,cmd='{ProgramStart.PathOf("Servers")}' epoll-level {{contract}}";
        var brief = HarnessRun.Split("--clients 20 --windows 1 --window 1s --warmup 20ms");
        var run = await harness.Run([
            "--workload",
            "http",
            "--models",
            "poll",
            "--server",
            server,
            "--load",
            "wrk",
            .. brief,
        ]);
        harness.Succeeded(run);
        Check(harness, run, "poll", "mine");

        var page = WebUtility.HtmlDecode(File.ReadAllText(harness.Latest.ReportHtml));
        Assert.Contains("Cross-check with wrk", page, StringComparison.Ordinal);
        var command = RepeatOfMine().Match(page).Value.Replace(@"'\''", "'\"'\"'");
        var again = await harness.Run([.. CommandWords.Split(command[Program.Length..])!]);
        harness.Succeeded(again, command);
        Check(harness, again, "mine");
    }

    [Fact]
    public async Task Without_wrk_nothing_is_started_and_one_line_names_the_package()
    {
        await using var harness = new HarnessRun();
        harness.Environment["PATH"] = harness["nothing"];
        var finished = await harness.Run("--workload", "http", "--models", "poll", "--load", "wrk");
        Assert.Equal(ExitCode.WrongArguments, finished.ExitCode);
        Assert.Equal(
            "run-bench: --load wrk needs wrk, which is not installed: apt-get install wrk",
            finished.Stderr.Trim()
        );
        Assert.Empty(harness.Runs);
    }

    private static void Check(HarnessRun harness, Finished run, params string[] models)
    {
        var rows = CsvFile.Read<CrossCheckRow>(harness.Latest.CrossCheckCsv);
        Assert.Equal(models.Order(), rows.Select(row => row.Model).Order());
        foreach (var row in rows)
        {
            Assert.Null(row.Reason);
            Assert.True(row is { WrkRequests: > 0, WrkP99Us: > 0, Ratio: > 0 });
            Assert.Equal((0, 0, 0), (row.WrkConnectErrors, row.WrkReadErrors, row.WrkOtherStatuses));
        }
        Assert.Matches("wrk counts [0-9.]+ to [0-9.]+ requests for each 1 that LoadGen counts", run.Stdout);
    }

    [GeneratedRegex(@"\./run-bench\.sh --models mine [^<\n]*", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RepeatOfMine();
}
