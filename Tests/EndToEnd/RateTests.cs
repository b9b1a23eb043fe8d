using C10k.Harness.Results;
using C10k.Tests.LoadGen;
using Xunit;
using static C10k.Tests.EndToEnd.WorkloadRuns;

namespace C10k.Tests.EndToEnd;

/// <summary>What a share of what a server can do is, and how soon it answers then: other tests beside this one would change both.</summary>
[Trait("Category", "long")]
[Collection(nameof(AloneInTheProcess))]
public class RateTests
{
    // What else runs on the machine may slow down one of the two runs, or the measurement of what the server can do.
    private const int Tries = 3;

    [Fact]
    public async Task A_rate_is_a_share_of_what_the_same_server_can_do_and_is_kept()
    {
        for (var left = Tries - 1; ; left--)
        {
            var (echo, rate) = await EchoAndTenth();
            var asked = rate.RateAskedRps!.Value / echo.ThroughputRps!.Value;
            var kept = rate.ThroughputRps!.Value / rate.RateAskedRps.Value;
            // A thousand who ask again at once wait for each other; of a tenth as many requests hardly any waits for another.
            var sooner = rate.P50Us!.Value / echo.P50Us!.Value;
            if (asked is >= 0.05 and <= 0.2 && kept is >= 0.9 and <= 1.1 && sooner < 0.25)
                return;
            Assert.True(
                left > 0,
                $"asked for {asked:0.###} of echo's, {kept:0.###} of that came, p50 is {sooner:0.###} of echo's"
            );
        }
    }

    private static async Task<(SummaryRow Echo, SummaryRow Rate)> EchoAndTenth()
    {
        var rows = await Rows(
            "--models epoll-level --workload echo,rate:rate_of_echo=10% --clients 1000 --windows 2 --window 500ms --warmup 300ms"
        );
        Assert.All(rows, row => Assert.Equal((CaseStatus.Ok, 0L), (row.Status, row.Errors)));
        return (rows.Single(row => row.Workload == "echo"), rows.Single(row => row.Workload != "echo"));
    }
}
