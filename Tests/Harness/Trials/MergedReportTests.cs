using C10k.Contract;
using C10k.Harness.Trials;
using Xunit;

namespace C10k.Tests.Harness.Trials;

public sealed class MergedReportTests
{
    [Theory]
    [InlineData(new[] { 5, 5, 5 }, new[] { 5, 5 })]
    [InlineData(new[] { 1, 2, 3 }, new[] { 100 })]
    [InlineData(new[] { 0, 0 }, new[] { 7, 1, 9, 4 })]
    [InlineData(new[] { 0 }, new[] { 0, 0 })]
    public void Fairness_is_that_of_all_clients_together(int[] first, int[] second)
    {
        var merged = MergedReport.Of([Report(first), Report(second)]);
        Assert.Equal(Jain([.. first, .. second]), merged.Fairness, tolerance: 1e-9);
        Assert.Equal(first.Concat(second).Average(), merged.RepliesPerClient.Mean, tolerance: 1e-9);
        Assert.Equal(first.Concat(second).Min(), merged.RepliesPerClient.Fewest);
        Assert.Equal(first.Concat(second).Max(), merged.RepliesPerClient.Most);
    }

    [Fact]
    public void What_is_counted_is_added()
    {
        var one = Report([1, 2]) with
        {
            Errors = new LoadErrors { Reset = 2 },
            LostRequests = 16,
            CpuUsPerRequest = 10,
            SpunSeconds = 0.25,
        };
        var two = Report([3]) with
        {
            Errors = new LoadErrors
            {
                Reset = 1,
                Corrupt = 4,
                Excess = 1,
            },
            LostRequests = 5,
            CpuUsPerRequest = 20,
            SpunSeconds = 0.5,
        };
        var merged = MergedReport.Of([one, two]);
        Assert.Equal((3, 3, 6, 1), (merged.Clients, merged.Served, merged.Requests, merged.Seconds));
        Assert.Equal(
            (
                21,
                new LoadErrors
                {
                    Reset = 3,
                    Corrupt = 4,
                    Excess = 1,
                }
            ),
            (merged.LostRequests, merged.Errors)
        );
        Assert.Equal(15, merged.CpuUsPerRequest);
        Assert.Equal((90e-6, 0.75), (merged.CpuSeconds, merged.SpunSeconds));
    }

    [Fact]
    public void One_ceiling_is_the_ceiling_of_all() =>
        Assert.Equal(
            "no CPU left",
            MergedReport
                .Of([Report([1]), Report([1]) with { LoadBoundReason = "no CPU left" }, Report([1])])
                .LoadBoundReason
        );

    [Fact]
    public void Answers_of_a_kind_that_nobody_can_merge_lose_nothing_in_silence()
    {
        Assert.IsType<WarmAnswer>(MergedAnswer.Of([new WarmAnswer(), new WarmAnswer()]));
        var refused = Assert.Throws<InvalidOperationException>(() => MergedAnswer.Of([new Another(1), new Another(2)]));
        Assert.Contains("Another", refused.Message, StringComparison.Ordinal);
    }

    private sealed record Another(int Figure) : LoadAnswer;

    private static LoadReport Report(int[] replies) =>
        new()
        {
            Clients = replies.Length,
            Active = replies.Length,
            Connected = replies.Length,
            Alive = replies.Length,
            Served = replies.Count(count => count > 0),
            RepliesPerClient = new RepliesPerClient(replies.Min(), replies.Average(), replies.Max()),
            ConnectSeconds = 0.1,
            Requests = replies.Sum(),
            Seconds = 1,
            LatencyUs = LatencySummary.Nothing,
            Errors = new LoadErrors(),
            Fairness = Jain(replies),
            CpuUsPerRequest = 1,
            CpuUtilization = 0.5,
        };

    private static double Jain(int[] replies)
    {
        double sum = replies.Sum();
        return sum == 0 ? 0 : sum * sum / (replies.Length * replies.Sum(count => (double)count * count));
    }
}
