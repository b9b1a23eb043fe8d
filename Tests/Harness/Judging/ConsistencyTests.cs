using C10k.Contract;
using C10k.Harness.Judging;
using C10k.Harness.Planning;
using C10k.Harness.Results;
using C10k.Harness.Trials;
using C10k.Nodes.Collecting;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.Harness.Judging;

public class ConsistencyTests
{
    private static readonly PlannedCase Case = Planned.Case(clients: 10);

    // 10 clients, 400 requests in 2 s, 50 ms each: as Little says.
    private static readonly TrialResult Sound = Rounds.Measured(Case, 1, latencyUs: 50_000, 400);

    [Fact]
    public void A_sound_case_is_not_suspect() => Assert.Null(Build(Sound).Suspect);

    [Fact]
    public void Clients_that_wait_longer_than_there_is_time_are_a_contradiction()
    {
        var row = Build(Rounds.Measured(Case, 1, latencyUs: 60_000, 400));
        Assert.StartsWith("by Little's law little_ratio is 1 ± 0.05, not 1.2", row.Suspect, StringComparison.Ordinal);
        Assert.Equal(CaseStatus.Ok, row.Status);
    }

    [Fact]
    public void Starved_clients_are_not_asked_for_Littles_law() =>
        Assert.Null(
            Build(Rounds.Measured(Case, 1, latencyUs: 60_000, 400).With(report => report with { Served = 9 })).Suspect
        );

    [Theory]
    [InlineData(200 * 64, null)]
    [InlineData(205 * 64, null)]
    [InlineData(400 * 64, "the clients saw 200 requests/s answered, the server's kernel received 400")]
    [InlineData(100 * 64, "the clients saw 200 requests/s answered, the server's kernel received 100")]
    public void What_the_server_received_must_be_what_was_asked(double bytesPerSecond, string? doubt) =>
        Assert.Equal(doubt, Build(With(MetricIds.ServerReceivedBytes, MetricValue.WholeTrial, bytesPerSecond)).Suspect);

    [Fact]
    public void Percentiles_out_of_order_are_found() =>
        Assert.Equal(
            "the percentiles of a window are not in order",
            Build(
                Sound.With(report =>
                    report with
                    {
                        LatencyUs = new LatencySummary(50_000, 49_000, 51_000, 52_000, 53_000, 50_000),
                    }
                )
            ).Suspect
        );

    [Fact]
    public void A_window_in_which_the_load_stood_still_is_named() =>
        Assert.Equal(
            "round 1, window 1: the load stood still for 1.2 s: halted, without a CPU, or asleep with the machine",
            Build(Sound.With(report => report with { StandstillSeconds = 1.23 })).Suspect
        );

    [Fact]
    public void Other_programs_on_the_servers_CPUs_are_told()
    {
        var row = Build(
            Sound with
            {
                Metrics =
                [
                    Rounds.Metric(MetricIds.ServerCpuCores, 0, 0.55),
                    Rounds.Metric(MetricIds.ServerCpusBusy, 0, 0.98),
                ],
            }
        );
        Assert.Equal("other programs took 43 % of the server's CPUs", row.Suspect);
        Assert.Equal(Verdict.ServerBound, row.Verdict);
        Assert.StartsWith("server CPU 55 % (all programs together 98 %)", row.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("other programs took 43 % of the server's CPUs", false)]
    [InlineData(
        "other programs took 43 % of the server's CPUs; other programs took 20 % of the load generator's CPUs",
        false
    )]
    [InlineData("the percentiles of a window are not in order", true)]
    [InlineData("other programs took 43 % of the server's CPUs; the percentiles of a window are not in order", true)]
    public void Other_programs_are_no_contradiction(string? suspect, bool contradicted) =>
        Assert.Equal(contradicted, Consistency.IsContradicted(suspect));

    private static TrialResult With(string metric, int window, double value) =>
        Sound with
        {
            Metrics = [Rounds.Metric(metric, window, value)],
        };

    private static SummaryRow Build(TrialResult round)
    {
        var record = new CaseRecord(Case);
        record.Add(round);
        return SummaryBuilder.Build(record, Planned.Settings());
    }
}
