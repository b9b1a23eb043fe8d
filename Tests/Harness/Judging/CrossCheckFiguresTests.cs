using C10k.Harness.Judging;
using C10k.Harness.Results;
using Xunit;

namespace C10k.Tests.Harness.Judging;

public sealed class CrossCheckFiguresTests
{
    [Fact]
    public void The_ratio_of_a_case_is_the_median_of_those_of_its_rounds()
    {
        var check = Assert.Single(CrossCheck.Of([Row(1, 100, 90), Row(2, 200, 240), Row(3, 100, 100)]));
        Assert.InRange(check.Ratio!.Value, 0.95, 1.05);
        Assert.Equal(3, check.Errors);
        Assert.Equal(
            "wrk counts 1.01 to 1.01 requests for each 1 that LoadGen counts, against the same server processes.",
            CrossCheck.Sentence([check with { Ratio = 1.01 }])
        );
    }

    [Fact]
    public void Where_wrk_has_no_figure_the_reason_stands()
    {
        var row = Row(1, 100, 90) with { WrkRps = null, Ratio = null, Reason = "no wrk" };
        var check = Assert.Single(CrossCheck.Of([row]));
        Assert.Equal((100, null, null, "no wrk"), (check.LoadgenRps, check.WrkRps, check.Ratio, check.Reason));
        Assert.Null(CrossCheck.Sentence([check]));
    }

    private static CrossCheckRow Row(int round, double own, double wrk) =>
        new()
        {
            Model = "epoll-level",
            Workload = "http",
            Clients = 100,
            Round = round,
            LoadgenRps = own,
            WrkRps = wrk,
            Ratio = wrk / own,
            WrkTimeouts = 1,
        };
}
