using C10k.Contract;
using C10k.Harness.Soaking;
using C10k.Harness.Trials;
using C10k.Nodes;
using C10k.Nodes.Collecting;
using C10k.Tests.Shared.Nodes.Collecting;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.Harness.Soaking;

public class SoakJudgeTests
{
    [Fact]
    public void A_server_that_stays_as_it_is_has_no_fault() =>
        Assert.Empty(SoakJudge.Faults(Trial(window => 100 + window % 3, window => 1010 - window % 5)));

    [Fact]
    public void What_a_server_takes_in_its_first_quarter_is_its_beginning() =>
        Assert.Empty(SoakJudge.Faults(Trial(window => window < 5 ? 20 : 100, _ => 1000)));

    [Fact]
    public void Memory_that_grows_and_grows_is_a_fault() =>
        Assert.Equal(
            ["MiB of memory grow: never more than 190 in the second quarter, never fewer than 250 in the last"],
            SoakJudge.Faults(Trial(window => 100 + 10 * window, _ => 1000))
        );

    [Fact]
    public void Descriptors_that_are_not_given_back_are_a_fault() =>
        Assert.StartsWith(
            "descriptors grow: ",
            Assert.Single(SoakJudge.Faults(Trial(_ => 100, window => 1000 + 50 * window))),
            StringComparison.Ordinal
        );

    [Fact]
    public void Too_few_figures_are_no_clean_bill()
    {
        var trial = Trial(_ => 100, _ => 1000);
        var blind = trial with
        {
            Metrics =
            [
                .. trial.Metrics.Where(value => value.MetricId == MetricIds.RssMb),
                Rounds.Metric(MetricIds.Descriptors, window: 0, 1000),
                MetricValue.Missing(MetricIds.Descriptors, window: 1, "nobody may look"),
            ],
        };
        Assert.Equal(
            ["whether descriptors grow cannot be told from 1 figures: it takes 8: nobody may look"],
            SoakJudge.Faults(blind)
        );
    }

    [Fact]
    public void A_process_that_never_closes_a_descriptor_is_found()
    {
        using var leaking = new PythonChild(
            """
            say('ready')
            leaked = []
            while True:
                hear()
                leaked += [os.open('/dev/null', os.O_RDONLY) for i in range(40)]
                say('leaked')
            """
        );
        leaking.Hear();
        using var watch = new TrialWatch(
            new WatchedServer(leaking.Pid, Port: 1, SelfReportName: ""),
            new WatchedCpus(CpuSet.Allowed, CpuSet.Allowed)
        );
        watch.Border(0);
        for (var border = 1; border <= SoakJudge.FewestWindows; border++)
        {
            leaking.GoOn();
            watch.Border(border);
        }
        var trial = Rounds.Measured(Planned.Case(), 1, 100, [.. Enumerable.Repeat(50, SoakJudge.FewestWindows)]) with
        {
            Metrics = watch.End(),
        };
        Assert.StartsWith("descriptors grow: ", Assert.Single(SoakJudge.Faults(trial)), StringComparison.Ordinal);
    }

    [Fact]
    public void One_lost_reply_is_a_fault() =>
        Assert.Equal(
            ["replies or connections were lost: 1 closed early"],
            SoakJudge.Faults(Trial(_ => 100, _ => 1000) with { Errors = new LoadErrors { Closed = 1 } })
        );

    [Fact]
    public void A_trial_that_failed_has_its_failure() =>
        Assert.Equal(["it died"], SoakJudge.Faults(Rounds.Failed(Planned.Case(), 1, "it died")));

    private static TrialResult Trial(Func<int, double> rssMb, Func<int, double> descriptors) =>
        Rounds.Measured(Planned.Case(), 1, 100, [.. Enumerable.Repeat(50, 20)]) with
        {
            Metrics =
            [
                .. Enumerable.Range(0, 20).Select(window => Rounds.Metric(MetricIds.RssMb, window, rssMb(window))),
                .. Enumerable
                    .Range(0, 20)
                    .Select(window => Rounds.Metric(MetricIds.Descriptors, window, descriptors(window))),
            ],
        };
}
