using C10k.Harness.Judging;
using C10k.Harness.Results;
using Xunit;

namespace C10k.Tests.Harness.Judging;

public class VerdictRulesTests
{
    [Theory]
    [InlineData(0.95, 0.5, nameof(Verdict.ServerBound))]
    [InlineData(0.9, 0.9, nameof(Verdict.ServerBound))]
    [InlineData(1.02, 0.99, nameof(Verdict.ServerBound))]
    [InlineData(0.89, 0.5, nameof(Verdict.Idle))]
    [InlineData(0.95, 0.97, nameof(Verdict.LoadBound))]
    [InlineData(0.2, 0.9, nameof(Verdict.LoadBound))]
    [InlineData(0.2, 0.89, nameof(Verdict.Idle))]
    [InlineData(0.0, 0.0, nameof(Verdict.Idle))]
    [InlineData(null, 0.95, nameof(Verdict.LoadBound))]
    public void Whoever_has_no_CPU_time_left_sets_the_figure(double? server, double load, string verdict) =>
        Assert.Equal(verdict, VerdictRules.Judge(new Evidence(100, 100, 100, server, load)).ToString());

    // Who waits for CPUs that strangers have filled is bound, and not idle.
    [Theory]
    [InlineData(0.6, 0.95, 0.5, 0.6, nameof(Verdict.ServerBound))]
    [InlineData(0.6, 0.95, 0.5, 0.95, nameof(Verdict.ServerBound))]
    [InlineData(0.4, 0.95, 0.5, 0.95, nameof(Verdict.LoadBound))]
    [InlineData(0.4, 0.5, 0.5, 0.95, nameof(Verdict.LoadBound))]
    [InlineData(0.6, 0.7, 0.5, 0.6, nameof(Verdict.Idle))]
    public void Full_CPUs_bind_whoever_has_filled_them(
        double server,
        double serverCpus,
        double load,
        double loadCpus,
        string verdict
    )
    {
        var seen = new Evidence(100, 100, 100, server, load) { ServerCpusBusy = serverCpus, LoadCpusBusy = loadCpus };
        Assert.Equal(verdict, VerdictRules.Judge(seen).ToString());
    }

    [Theory]
    [InlineData(0.5, 1000, 970, nameof(Verdict.RateMissed))]
    [InlineData(0.5, 1000, 990, nameof(Verdict.Idle))]
    [InlineData(0.95, 1000, 500, nameof(Verdict.ServerBound))]
    public void A_rate_that_was_not_sent_is_missed_unless_somebody_was_full(
        double server,
        double asked,
        double sent,
        string verdict
    ) =>
        Assert.Equal(
            verdict,
            VerdictRules.Judge(new Evidence(9, 9, 9, server, 0.1) { RateAsked = asked, RateAnswered = sent }).ToString()
        );

    [Theory]
    [InlineData(100, 99)]
    [InlineData(100, 1)]
    [InlineData(50, 50)]
    [InlineData(0, 0)]
    public void Clients_without_a_reply_come_before_everything_else(int connected, int served) =>
        Assert.Equal(Verdict.Starved, VerdictRules.Judge(new Evidence(100, connected, served, 1, 1)));

    [Theory]
    [InlineData(0.954, 0.5, "server CPU 95 %, load CPU 50 %")]
    [InlineData(0.0, 0.0049, "server CPU 0 %, load CPU 0 %")]
    [InlineData(null, 1.0, "server CPU unknown, load CPU 100 %")]
    public void The_reason_tells_both_loads(double? server, double load, string reason) =>
        Assert.Equal(reason, VerdictRules.Explain(new Evidence(100, 100, 100, server, load)));

    [Fact]
    public void The_reason_of_a_starved_case_tells_who_was_left_out() =>
        Assert.Equal(
            "4097 of 10000 clients connected, 1 served; server CPU 40 %, load CPU 3 %",
            VerdictRules.Explain(new Evidence(10_000, 4_097, 1, 0.4, 0.03))
        );
}
