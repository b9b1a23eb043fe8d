using C10k.Harness.Charts;
using C10k.Harness.Results;
using C10k.Harness.Terminal;
using C10k.Tests.Harness.Results;
using Xunit;

namespace C10k.Tests.Harness.Terminal;

public class RunSummaryTests
{
    [Fact]
    public void Of_one_workload_the_first_three_findings_are_told_and_of_several_the_first_of_each()
    {
        var echo = new[]
        {
            Rows.Measured("a"),
            Rows.Measured("b") with
            {
                ThroughputRps = 10,
                RankGroup = 2,
                ThreadsMax = 99,
            },
        };
        var both = echo.Append(Rows.Measured("a") with { Workload = "idle" }).ToList();
        Assert.Equal(3, RunSummary.Findings(echo, _ => ChartSet.Metrics[0]).Count());
        Assert.Equal(
            ["echo", "idle"],
            RunSummary.Findings(both, _ => ChartSet.Metrics[0]).Select(finding => finding.Split(':')[0])
        );
        Assert.Empty(RunSummary.Findings([], _ => ChartSet.Metrics[0]));
    }

    [Fact]
    public void A_finding_is_broken_between_words() =>
        Assert.Equal(
            ["• one two", "  three", "  averyverylongword", "  four"],
            RunSummary.Wrapped("one two three averyverylongword four", 10)
        );

    [Fact]
    public void A_page_that_could_not_be_made_is_not_shown_the_way_to()
    {
        using var folder = new TemporaryFolder();
        var results = ResultsFolder.At(folder.FullPath);
        Assert.Equal(["charts: ", "figures:"], RunSummary.WhereItIs(results, hasPage: false).Select(line => line[..8]));
        Assert.Equal(
            ["report: ", "charts: ", "figures:", "open it:"],
            RunSummary.WhereItIs(results, hasPage: true).Select(line => line[..8])
        );
    }

    [Theory]
    [InlineData(":0", null, "/tmp/my run/report.html", "xdg-open '/tmp/my run/report.html'")]
    [InlineData(null, "wayland-0", "/tmp/run/report.html", "xdg-open /tmp/run/report.html")]
    [InlineData(null, null, "/tmp/my run/report.html", "file:///tmp/my%20run/report.html in a browser")]
    public void How_the_page_is_opened_depends_on_there_being_a_desktop(
        string? display,
        string? wayland,
        string page,
        string how
    ) => Assert.Equal(how, RunSummary.HowToOpen(page, name => name == "DISPLAY" ? display : wayland));
}
