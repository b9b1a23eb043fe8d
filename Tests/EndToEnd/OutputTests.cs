using System.Text.RegularExpressions;
using C10k.Contract;
using C10k.Harness.Results;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.EndToEnd;

public partial class OutputTests
{
    private static readonly string[] Short = HarnessRun.Split(
        "--models poll --clients 2 --windows 1 --window 1s --warmup 0s"
    );

    [Fact]
    public async Task A_case_that_the_machine_cannot_carry_is_skipped_and_the_others_run()
    {
        await using var harness = new HarnessRun();
        var finished = await harness.RunWithDescriptors(
            300,
            HarnessRun.Split("--models poll --clients 10,250 --windows 1 --window 1s --warmup 0s")
        );
        Assert.Equal(ExitCode.Success, finished.ExitCode);
        Assert.Equal(
            [(250, CaseStatus.Skipped), (10, CaseStatus.Ok)],
            harness.Summary.Select(row => (row.Clients, row.Status))
        );
        const string Reason = "needs 350 descriptors a process, the limit is 300; raise it with ulimit -Hn 350 as root";
        Assert.StartsWith(Reason, harness.Summary[0].Reason, StringComparison.Ordinal);
        Assert.Contains($"poll echo 250 clients: skipped: {Reason}", finished.Stderr, StringComparison.Ordinal);
        Assert.Contains($"poll echo 250 clients: skipped: {Reason}", finished.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_results_go_where_output_says()
    {
        await using var harness = new HarnessRun();
        var place = harness["a place with spaces, and ü/my run"];
        var finished = await harness.Run([.. Short, "--output", place]);
        Assert.Equal(ExitCode.Success, finished.ExitCode);
        Assert.Equal(CaseStatus.Ok, Assert.Single(CsvFile.Read<SummaryRow>(Path.Combine(place, "summary.csv"))).Status);
        Assert.Contains($"figures: {place}/summary.csv\n", finished.Stdout, StringComparison.Ordinal);
        Assert.False(Directory.Exists(harness.Root));
        Assert.Equal([place], Directory.GetFileSystemEntries(Path.GetDirectoryName(place)!));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("1", false)]
    public async Task A_terminal_is_shown_colours_unless_NO_COLOR_asks_for_none(string noColor, bool coloured)
    {
        Installed.Require("script");
        await using var harness = new HarnessRun();
        if (noColor.Length > 0)
            harness.Environment["NO_COLOR"] = noColor;
        var finished = await harness.RunOnTerminal(Short);
        Assert.Contains("requests/s", finished.Stdout, StringComparison.Ordinal);
        Assert.Equal(coloured, Colour().IsMatch(finished.Stdout));
    }

    [Fact]
    public async Task Something_else_called_latest_costs_the_link_and_nothing_more()
    {
        await using var harness = new HarnessRun();
        Directory.CreateDirectory(Path.Combine(harness.Root, "latest"));
        var finished = await harness.Run(Short);
        Assert.Equal(ExitCode.Success, finished.ExitCode);
        Assert.Contains("/latest cannot be pointed at ", finished.Stderr, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(harness.Root, "summary.csv", SearchOption.AllDirectories));
    }

    // ECMA-48, 8.3.117: 30 to 49 and 90 to 107 are colours; bold, for one, is none.
    [GeneratedRegex(
        "\u001b\\[(?:[0-9;]*;)?(?:[34][0-9]|9[0-7]|10[0-7])[0-9;]*m",
        RegexOptions.None,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Colour();
}
