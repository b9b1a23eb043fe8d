using C10k.Harness.Charts;
using C10k.Harness.Report;
using C10k.Harness.Results;
using C10k.Tests.Harness.Results;
using Xunit;

namespace C10k.Tests.Harness.Report;

/// <summary>The sentence on the figure that a workload is about.</summary>
public class KeyFindingTests
{
    [Fact]
    public void It_tells_how_many_times_the_least_the_most_is() =>
        Assert.Equal(
            "At 10,000 clients the CPU time per request of poll is 38 times that of epoll-level: 760 µs against 20 µs.",
            Of("cpu", Cpu("epoll-level", 20), Cpu("poll", 760), Cpu("select", 700))
        );

    [Fact]
    public void Below_ten_it_tells_tenths() =>
        Assert.Contains(
            "is 1.5 times that of epoll-level",
            Of("cpu", Cpu("epoll-level", 20), Cpu("poll", 30))!,
            StringComparison.Ordinal
        );

    [Fact]
    public void Of_one_round_it_says_so() =>
        Assert.EndsWith(
            "760 µs against 20 µs (one round).",
            Of("cpu", Cpu("epoll-level", 20) with { Rounds = 1 }, Cpu("poll", 760) with { Rounds = 1 })!,
            StringComparison.Ordinal
        );

    [Fact]
    public void There_is_none_where_figures_are_near_each_other_or_there_is_only_one_or_none()
    {
        Assert.Null(Of("cpu", Cpu("epoll-level", 20), Cpu("poll", 25)));
        Assert.Null(Of("cpu", Cpu("epoll-level", 20)));
        Assert.Null(Of("cpu", Cpu("epoll-level", 20), Cpu("poll", null)));
        Assert.Null(Of("cpu"));
        Assert.Null(Of("threads", Cpu("epoll-level", 20), Cpu("poll", 760)));
    }

    [Fact]
    public void Who_does_not_serve_every_client_is_set_beside_nobody() =>
        Assert.Null(Of("cpu", Cpu("epoll-level", 20), Cpu("blocking", 760) with { Verdict = Verdict.Starved }));

    [Fact]
    public void What_the_load_generator_held_up_is_no_figure_of_the_server_but_its_CPU_time_is()
    {
        var slow = Cpu("poll", 760) with { P99Us = 1e6, Verdict = Verdict.LoadBound };
        Assert.Null(Of("p99", Cpu("epoll-level", 20), slow));
        Assert.NotNull(Of("p99", Cpu("epoll-level", 20), slow with { Verdict = Verdict.ServerBound }));
        Assert.NotNull(Of("cpu", Cpu("epoll-level", 20), slow));
    }

    [Fact]
    public void Of_a_crash_it_tells_whom_it_takes_along() =>
        Assert.Equal(
            "At 10,000 clients one crashed handler takes all connections along with async; 2,500 with prefork, which is whole again after 12 ms.",
            Of("lost", Lost("async", 10_000), Lost("prefork", 2_500) with { RecoveryMs = 12 }, Cpu("no-answer", 1))
        );

    [Fact]
    public void Of_a_crash_that_nobody_measured_it_tells_nothing() => Assert.Null(Of("lost", Cpu("async", 1)));

    // Between a number and its unit stands a space that does not break.
    private static string? Of(string metric, params SummaryRow[] rows) =>
        KeyFinding.Of(ChartSet.Metrics.Single(one => one.Id == metric), rows)?.Replace('\u00A0', ' ');

    private static SummaryRow Cpu(string model, double? microseconds) =>
        Rows.Measured(model, 10_000) with
        {
            ServerCpuUsPerRequest = microseconds,
        };

    private static SummaryRow Lost(string model, int connections) =>
        Rows.Measured(model, 10_000) with
        {
            ConnectionsLost = connections,
        };
}
