using C10k.Harness.Planning;
using C10k.Hosting;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.Harness.Planning;

public class PlanTests
{
    private static readonly PlannedCase[] Cases =
    [
        .. from clients in (int[])[100, 1_000, 10_000]
        from model in (string[])["blocking", "select", "poll", "epoll-level", "async"]
        select Planned.Case(model, clients),
    ];

    [Fact]
    public void Every_case_comes_once_in_every_round()
    {
        var plan = Planned.Plan(Cases);
        foreach (var round in Enumerable.Range(1, 20))
            Assert.Equal(Names(Cases).Order(), Names(plan.Round(round)).Order());
    }

    [Fact]
    public void The_seed_repeats_the_order_of_every_round()
    {
        foreach (var round in Enumerable.Range(1, 5))
            Assert.Equal(Names(WithSeed(7).Round(round)), Names(WithSeed(7).Round(round)));
    }

    [Fact]
    public void Rounds_and_seeds_differ_in_their_order()
    {
        var orders =
            from seed in Enumerable.Range(0, 10)
            from round in Enumerable.Range(1, 5)
            select string.Join(' ', Names(WithSeed(seed).Round(round)));
        Assert.Equal(50, orders.Distinct().Count());
    }

    // An earlier run is repeated by its seed with a later version: this order must not change.
    [Fact]
    public void The_order_of_a_seed_stays_the_same_from_version_to_version() =>
        Assert.Equal(
            "poll select epoll-level async blocking",
            string.Join(' ', Planned.Plan(Cases[..5]).Round(1).Select(planned => planned.Model.Name))
        );

    [Fact]
    public void A_case_that_cannot_run_is_in_the_plan_and_in_no_round()
    {
        var plan = Planned.Plan(Planned.Case("poll"), Planned.Case("select", skipReason: "needs more"));
        Assert.Equal(2, plan.Cases.Count);
        Assert.Equal("poll", Assert.Single(plan.Runnable).Model.Name);
        Assert.Equal("poll", Assert.Single(plan.Round(1)).Model.Name);
    }

    [Fact]
    public void The_estimate_grows_with_rounds_windows_and_clients()
    {
        var plan = Planned.Plan(Planned.Case("poll", 15_000));
        var one = plan.Estimate();
        Assert.Equal(TimeSpan.FromSeconds(1.2 + 0.5 + 2 * 1 + 1), one);
        Assert.Equal(3 * one, (plan with { Settings = Planned.Settings(rounds: 3) }).Estimate());
        Assert.Equal(one + TimeSpan.FromSeconds(5), (plan with { Settings = Planned.Settings(windows: 7) }).Estimate());
        Assert.Equal(2 * one, Planned.Plan(Planned.Case("poll", 15_000), Planned.Case("select", 15_000)).Estimate());
    }

    [Fact]
    public void What_a_server_starts_for_each_client_takes_its_time()
    {
        var one = Estimate(Planned.Case());
        var threads = Estimate(With(Planned.Case(), info => info with { Threads = "1+clients" }));
        var processes = Estimate(
            With(Planned.Case(), info => info with { Threads = "1+clients", Processes = "1+clients" })
        );
        Assert.InRange(threads - one, TimeSpan.FromMilliseconds(10), processes - one);
        // 10,000 of them take a minute or two, and not a second.
        Assert.InRange(processes - one, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(2));
        var pool = Estimate(With(Planned.Case(), info => info with { Processes = 101 }));
        Assert.Equal(processes, pool);
    }

    [Fact]
    public void What_a_workload_does_besides_its_windows_takes_its_time()
    {
        var echo = Estimate(Planned.Case(clients: 1500));
        // Others connect, warm up and are measured for a window, to find the rate.
        Assert.Equal(echo + TimeSpan.FromSeconds(0.1 + 0.5 + 1), Estimate(Of("rate", 1500)));
        Assert.Equal(echo, Estimate(Of("rate:rate=1000", 1500)));
        Assert.InRange(Estimate(Of("poison", 1500)), echo + TimeSpan.FromSeconds(0.1), echo + TimeSpan.FromSeconds(6));
        Assert.Equal(echo + 2 * TimeSpan.FromSeconds(0.5), Estimate(Of("bulk", 1500)));
    }

    [Fact]
    public void The_longest_run_that_can_be_asked_for_has_an_estimate()
    {
        var longest = Planned.Settings(rounds: 1000, windows: 1000) with { Window = TimeSpan.FromDays(1) };
        Assert.InRange(new Plan(Cases, longest).Estimate(), TimeSpan.FromDays(1_000_000), TimeSpan.MaxValue);
    }

    [Fact]
    public void Nothing_to_run_takes_no_time() =>
        Assert.Equal(TimeSpan.Zero, Planned.Plan(Planned.Case(skipReason: "needs more")).Estimate());

    private static TimeSpan Estimate(PlannedCase planned) => Planned.Plan(planned).Estimate();

    private static PlannedCase With(PlannedCase planned, Func<ModelInfo, ModelInfo> change) =>
        planned with
        {
            Model = planned.Model with { Info = change(planned.Model.Info) },
        };

    private static PlannedCase Of(string workload, int clients) =>
        Planned.Case(clients: clients) with
        {
            Workload = WorkloadSelection.Select(workload)[0],
        };

    private static Plan WithSeed(int seed) => new(Cases, Planned.Settings() with { Seed = seed });

    private static IEnumerable<string> Names(IEnumerable<PlannedCase> cases) =>
        cases.Select(planned => planned.ToString());
}
