using C10k.Contract;
using C10k.Harness.Results;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.Harness.Trials;

/// <summary>Several load generators that act as one.</summary>
public sealed class LoadCrewTests : IDisposable
{
    private readonly FakeRun _run = new() { LoadNodes = 3 };
    private readonly List<FakeLoad> _loads = [];

    public LoadCrewTests() => _run.Launcher.Load = (_, load) => _loads.Add(load);

    public void Dispose() => _run.Dispose();

    [Fact]
    public void The_clients_are_dealt_out_to_the_last_one()
    {
        var result = _run.Try(Planned.Case(clients: 100));
        Assert.Null(result.Failure);
        Assert.Equal(["33", "33", "34"], _run.Launcher.Starts.Skip(1).Select(ClientsOf));
        Assert.Equal((100, 100), (result.Connected!.Clients, result.Connected.Connected));
        Assert.All(result.Windows, window => Assert.Equal(100, window.Report.Served));
    }

    [Fact]
    public void A_node_for_which_there_is_no_client_has_no_load()
    {
        _run.Try(Planned.Case(clients: 2));
        Assert.Equal(["1", "1"], _run.Launcher.Starts.Skip(1).Select(ClientsOf));
    }

    [Fact]
    public void An_order_is_given_when_all_have_done_the_one_before()
    {
        _run.Try(Planned.Case(clients: 3));
        var orders = _run.Launcher.Steps.Where(step => step.StartsWith("load is ordered", StringComparison.Ordinal));
        Assert.Equal(orders.Chunk(3).Select(three => three[0]).SelectMany(one => Enumerable.Repeat(one, 3)), orders);
    }

    [Fact]
    public void Their_windows_are_one_window_to_the_last_request()
    {
        var alone = new FakeRun();
        var one = alone.Try(Planned.Case(clients: 99));
        var three = _run.Try(Planned.Case(clients: 99));
        foreach (var (apart, together) in three.Windows.Zip(one.Windows))
        {
            Assert.Equal(together.Report.Requests, apart.Report.Requests);
            Assert.Equal(apart.Report.Requests, apart.Latency.TotalCount);
            Assert.Equal(together.Report.Seconds, apart.Report.Seconds, tolerance: 1e-9);
            Assert.Equal(together.Latency.ValueAtPercentile(0), apart.Latency.ValueAtPercentile(0));
        }
        alone.Dispose();
    }

    [Fact]
    public void Who_is_the_ceiling_of_his_share_is_the_ceiling()
    {
        _run.Launcher.Load = (_, load) =>
        {
            _loads.Add(load);
            load.Utilization = _loads.Count == 2 ? 0.99 : 0.1;
        };
        var result = _run.Try(Planned.Case(clients: 90));
        Assert.All(result.Windows, window => Assert.Equal(0.99, window.Report.CpuUtilization, tolerance: 1e-9));
    }

    [Fact]
    public void One_that_dies_is_left_with_its_clients_and_the_others_go_on()
    {
        Dies<MeasureOrder>(second: true);
        var result = _run.Try(Planned.Case(clients: 90));
        Assert.Null(result.Failure);
        var lost = Assert.Single(result.Lost);
        Assert.Equal(("node 2", 30), (lost.Where, lost.Clients));
        Assert.Equal("the load generator ended with exit code 137; see bench.log", lost.Why);
        Assert.Contains(lost.ToString(), _run.Log, StringComparison.Ordinal);
        Assert.All(result.Windows, window => Assert.Equal(60, window.Report.Served));
    }

    [Fact]
    public void The_row_of_such_a_case_says_so()
    {
        Dies<MeasureOrder>(second: true);
        var row = Assert.Single(_run.Run(Planned.Plan(Planned.Case(clients: 90))).Rows);
        Assert.Equal(CaseStatus.Ok, row.Status);
        Assert.NotEqual(Verdict.Starved, row.Verdict);
        Assert.Contains(
            "round 1: a load generator was lost with its 30 clients: node 2: ",
            row.Suspect,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(typeof(ConnectOrder))]
    [InlineData(typeof(GreetOrder))]
    [InlineData(typeof(WarmUpOrder))]
    [InlineData(typeof(StopOrder))]
    public void It_may_die_at_any_moment(Type when)
    {
        Dies(second: true, when);
        var result = _run.Try(Planned.Case(clients: 90));
        Assert.Null(result.Failure);
        Assert.Equal("node 2", Assert.Single(result.Lost).Where);
    }

    [Fact]
    public void One_none_of_whose_clients_connects_is_left_before_it_keeps_the_others_waiting()
    {
        HaveNoConnection(index => index == 2);
        var result = _run.Try(Planned.Case(clients: 90));
        Assert.Null(result.Failure);
        var lost = Assert.Single(result.Lost);
        Assert.Equal(("node 2", 30), (lost.Where, lost.Clients));
        Assert.StartsWith("no client of it could connect: ", lost.Why, StringComparison.Ordinal);
        Assert.Equal((90, 60), (result.Connected!.Clients, result.Connected.Connected));
        Assert.All(result.Windows, window => Assert.Equal(60, window.Report.Served));
    }

    [Fact]
    public void When_nobody_connects_at_any_that_is_the_failure_of_the_case()
    {
        HaveNoConnection(_ => true);
        var result = _run.Try(Planned.Case(clients: 90));
        Assert.StartsWith("no client could connect: ", result.Failure, StringComparison.Ordinal);
        Assert.Equal((90, 0), (result.Connected!.Clients, result.Connected.Connected));
    }

    [Fact]
    public void When_all_die_there_is_no_figure()
    {
        Dies<MeasureOrder>(second: false);
        var result = _run.Try(Planned.Case(clients: 90));
        Assert.Equal("the load generator ended with exit code 137; see bench.log", result.Failure);
        Assert.Equal(3, _run.Launcher.Steps.Count(step => step == "load is gone"));
    }

    private void HaveNoConnection(Func<int, bool> which) =>
        _run.Launcher.Load = (_, load) =>
        {
            _loads.Add(load);
            if (which(_loads.Count))
                (load.Connected, load.Served) = (0, 0);
        };

    private void Dies<TOrder>(bool second) => Dies(second, typeof(TOrder));

    private void Dies(bool second, Type when) =>
        _run.Launcher.Load = (_, load) =>
        {
            _loads.Add(load);
            if (second && _loads.Count != 2)
                return;
            load.Instead = (dying, order) =>
            {
                if (order.GetType() != when)
                    return false;
                dying.Exit(137);
                return true;
            };
        };

    private static string ClientsOf(C10k.Nodes.Processes.ProcessStart start) =>
        start.Arguments[start.Arguments.ToList().IndexOf("--clients") + 1];
}
