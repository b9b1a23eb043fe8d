using C10k.Contract;
using C10k.Harness.Planning;
using C10k.Harness.Recording;
using C10k.Harness.Results;
using C10k.Harness.Trials;
using C10k.Nodes.Collecting;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.Harness.Recording;

public class WindowRowsTests
{
    private static readonly PlannedCase Case = Planned.Case(clients: 10);

    [Fact]
    public void A_window_becomes_a_row_counted_from_one()
    {
        var row = Row(Rounds.Measured(Case, 3, 250, 100, 40), window: 1);
        Assert.Equal(("epoll-level", "echo", 10, 3, 2), (row.Model, row.Workload, row.Clients, row.Round, row.Window));
        Assert.Equal(new DateTimeOffset(2026, 1, 31, 12, 0, 1, TimeSpan.Zero), row.StartedUtc);
        Assert.Equal((40, 2, 20), (row.Requests, row.Seconds, row.ThroughputRps));
        Assert.Equal(250, row.P50Us!.Value, 0.2);
        Assert.Equal(250, row.MeanUs!.Value, 0.2);
        Assert.Equal(0.5, row.LoadCpuCores!.Value, 1e-9);
    }

    [Fact]
    public void A_window_without_requests_has_no_latency_though_the_load_may_have_been_busy()
    {
        var round = Rounds.Measured(Case, 1, 250, 0).With(report => report with { CpuSeconds = report.Seconds / 4 });
        var row = Row(round, window: 0);
        Assert.Equal((0, 0), (row.Requests, row.ThroughputRps));
        Assert.Null(row.P50Us);
        Assert.Null(row.MaxUs);
        Assert.Null(row.MeanUs);
        Assert.Equal(0.25, row.LoadCpuCores);
    }

    [Fact]
    public void Its_errors_are_those_of_the_window()
    {
        var round = Rounds
            .Measured(Case, 1, 250, 10)
            .With(report =>
                report with
                {
                    Errors = new LoadErrors { Closed = 2, Timeout = 1 },
                }
            );
        Assert.Equal(3, Row(round, window: 0).Errors);
    }

    [Fact]
    public void Metrics_go_to_the_window_they_belong_to()
    {
        var round = Rounds.Measured(Case, 1, 250, 10, 10) with
        {
            Metrics =
            [
                Rounds.Metric(MetricIds.Threads, 0, 3),
                Rounds.Metric(MetricIds.Threads, 1, 5),
                Rounds.Metric(MetricIds.RssMb, 1, 21.5),
                Rounds.Metric(MetricIds.VoluntarySwitches, 0, null),
            ],
        };
        var (first, second) = (Row(round, 0), Row(round, 1));
        Assert.Equal((3, 5), (first.Threads, second.Threads));
        Assert.Equal((null, 21.5), (first.RssMb, second.RssMb));
        Assert.Null(first.ContextSwitchesVoluntary);
        Assert.Null(second.ContextSwitchesVoluntary);
    }

    private static WindowRow Row(TrialResult round, int window) => WindowRows.Of(round, round.Windows[window]);
}
