using System.Net;
using C10k.Contract;
using C10k.Tests.EndToEnd;
using Xunit;

namespace C10k.Tests.Harness.Report;

public sealed class CompareReportTests : IDisposable
{
    // One slower by a tenth, one faster by a fifth, the others as they were.
    private readonly ReportFolder _before = ReportFolder.Of(4, 100);
    private readonly ReportFolder _after = ReportFolder.Of(
        4,
        model =>
            model switch
            {
                "async" => 0.9,
                "select" => 1.2,
                _ => 1,
            },
        100
    );

    public void Dispose()
    {
        _before.Dispose();
        _after.Dispose();
    }

    [Fact]
    public async Task What_moved_comes_first_and_what_did_not_is_told_too()
    {
        var page = await Compare();
        Assert.Contains(
            "Of 4 cases, B is better in 1, worse in 1, the same in 2, and undecided in 0.",
            page,
            StringComparison.Ordinal
        );
        string[] inOrder =
        [
            "<h2>What moved</h2>",
            "async, echo, 100 clients<",
            "select, echo, 100 clients<",
            "<h2>What did not move</h2>",
            "epoll-level, echo, 100 clients<",
        ];
        var places = inOrder.Select(text => page.IndexOf(text, StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
        Assert.DoesNotContain("<h2>What nobody can say</h2>", page, StringComparison.Ordinal);
        Assert.Contains("Machine and settings are the same", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Environments_that_differ_stand_above_all_figures()
    {
        var environment = _after.Results.EnvironmentJson;
        await File.WriteAllTextAsync(
            environment,
            (await File.ReadAllTextAsync(environment)).Replace("\"6.18\"", "\"<6.19>\"", StringComparison.Ordinal)
        );
        var page = await Compare();
        var differs = page.IndexOf("<li>kernel: 6.18 in A, <6.19> in B", StringComparison.Ordinal);
        Assert.InRange(differs, 0, page.IndexOf("<table", StringComparison.Ordinal));
    }

    private async Task<string> Compare()
    {
        await using var harness = new HarnessRun();
        var place = harness["compared"];
        var finished = await harness.Run(
            "compare",
            _before.Results.FullPath,
            _after.Results.FullPath,
            "--output",
            place
        );
        var page = Path.Combine(place, "report.html");
        Assert.Equal((ExitCode.Success, $"report: {page}\n"), (finished.ExitCode, finished.Stderr));
        Assert.StartsWith("| model", finished.Stdout, StringComparison.Ordinal);
        Assert.Equal(5, (await File.ReadAllLinesAsync(Path.Combine(place, "compare.csv"))).Length);
        return WebUtility.HtmlDecode(await File.ReadAllTextAsync(page));
    }
}
