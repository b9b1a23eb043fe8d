using C10k.Contract;
using C10k.Harness.Trials;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.Harness.Trials;

public sealed class TrialTests : IDisposable
{
    private const string Ready = "READY 127.0.0.1:4711";

    private readonly FakeRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public void Its_steps_come_in_this_order()
    {
        var result = _run.Try(Planned.Case());
        Assert.Null(result.Failure);
        Assert.Equal(
            [
                "server is started",
                "probe",
                "load is started",
                "load is ordered ConnectOrder",
                "load is ordered GreetOrder",
                "load is ordered WarmUpOrder",
                "load is ordered MeasureOrder",
                "load is ordered MeasureOrder",
                "load is ordered MeasureOrder",
                "border 0",
                "border 1",
                "border 2",
                "load is ordered StopOrder",
                "server is stopped",
                "load is gone",
                "server is gone",
            ],
            _run.Launcher.Steps
        );
    }

    [Fact]
    public void Server_and_load_are_started_with_these_arguments()
    {
        _run.Try(Planned.Case("prefork:workers=4,pinned=yes", 250));
        Assert.Collection(
            _run.Launcher.Starts,
            server =>
            {
                Assert.Equal(
                    "/bench/Servers prefork:workers=4,pinned=yes --port 0 --conversation echo",
                    server.ToString()
                );
                Assert.Equal("0", server.Cpus.ToString());
            },
            load =>
            {
                Assert.Equal(
                    "/bench/LoadGen --control --target 127.0.0.1:4711 --clients 250 --threads 1 --size 64 --connect-timeout 5s",
                    load.ToString()
                );
                Assert.Equal("1", load.Cpus.ToString());
            }
        );
    }

    [Fact]
    public void Its_windows_carry_the_time_when_they_began_and_all_their_latencies()
    {
        var result = _run.Try(Planned.Case(clients: 10));
        Assert.Equal([0, 1], result.Windows.Select(window => window.Index));
        Assert.All(result.Windows, window => Assert.Equal(window.Report.Requests, window.Latency.TotalCount));
        Assert.Equal([100, 110], result.Windows.Select(window => window.Report.Requests));
    }

    [Fact]
    public void Why_a_figure_could_not_be_had_is_logged_once()
    {
        var result = _run.Try(Planned.Case());
        Assert.InRange(result.Metrics.Count(value => value.Unavailable is not null), 2, int.MaxValue);
        Assert.Single(
            _run.Log.Split('\n'),
            line => line.EndsWith("Z listen_drops: not counted here", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Requests_without_a_reply_at_the_end_are_kept()
    {
        Load(load => load.Unanswered = 3);
        Assert.Equal(3, _run.Try(Planned.Case()).Unanswered);
    }

    [Fact]
    public void A_server_that_is_never_ready_is_not_waited_for_for_ever()
    {
        var server = Serve(server => server);
        Assert.Equal("the server was not ready within 15 s; see bench.log", Failure());
        Assert.Equal([TimeSpan.FromSeconds(15)], server().Patience);
        Assert.Equal(["server is started", "server is gone"], _run.Launcher.Steps);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(137)]
    public void A_server_that_ends_before_it_is_ready_is_told_by_its_exit_code(int code)
    {
        Serve(server => server.Exit(code));
        Assert.Equal($"the server ended with exit code {code} before it was ready; see bench.log", Failure());
    }

    [Theory]
    [InlineData("listening on 4711", "listening on 4711")]
    [InlineData("", "")]
    [InlineData("READY", "READY")]
    [InlineData("READY 127.0.0.1", "READY 127.0.0.1")]
    [InlineData("READY 127.0.0.1:0", "READY 127.0.0.1:0")]
    [InlineData("READY 127.0.0.1:65536", "READY 127.0.0.1:65536")]
    [InlineData("ready 127.0.0.1:80", "ready 127.0.0.1:80")]
    public void A_server_that_prints_something_else_is_cited(string printed, string cited)
    {
        Serve(server => server.Print(printed));
        Assert.Equal($"the server's first line is not READY address:port but '{cited}'", Failure());
    }

    [Fact]
    public void A_long_first_line_is_cited_by_its_beginning()
    {
        Serve(server => server.Print(new string('x', 5_000_000)));
        Assert.Equal($"the server's first line is not READY address:port but '{new string('x', 80)}'", Failure());
    }

    [Fact]
    public void A_server_that_answers_the_probe_wrongly_gets_no_load()
    {
        _run.Probe = (_, _, _, _) => throw new TrialException("probe: wrong answer");
        Assert.Equal("probe: wrong answer", Failure());
        Assert.Equal(["server is started", "server is gone"], _run.Launcher.Steps);
    }

    [Fact]
    public void What_the_kernel_refuses_costs_this_case_and_not_the_run()
    {
        _run.Probe = (_, _, _, _) => throw new IOException("socket: EMFILE: no descriptor is left");
        var refused = _run.Try(Planned.Case(clients: 10));
        Assert.Equal("socket: EMFILE: no descriptor is left", refused.Failure);
        Assert.Empty(refused.Windows);
    }

    [Fact]
    public void A_server_that_ended_before_the_probe_is_told_by_its_exit_code()
    {
        var server = Serve(server => server.Print(Ready));
        _run.Probe = (_, _, _, _) =>
        {
            server().Exit(0);
            throw new TrialException("probe: connection refused");
        };
        Assert.Equal("the server ended with exit code 0 before the load began; see bench.log", Failure());
    }

    [Fact]
    public void The_probe_goes_to_the_address_that_the_server_announced()
    {
        Serve(server => server.Print("READY 127.0.0.9:99"));
        _run.Probe = (_, address, _, _) => throw new TrialException($"probe: {address}");
        Assert.Equal("probe: 127.0.0.9:99", Failure());
    }

    [Fact]
    public void Without_any_connection_there_is_no_figure_but_a_count()
    {
        Load(load => load.Connected = 0);
        var result = _run.Try(Planned.Case());
        Assert.Equal("no client could connect: 100 refused", result.Failure);
        Assert.Equal(0, result.Connected?.Connected);
        Assert.Equal(100, result.Errors.Refused);
    }

    [Fact]
    public void A_server_that_ended_meanwhile_has_no_figure()
    {
        var server = Serve(server => server.Print(Ready));
        Load(load => load.Instead = Also<MeasureOrder>(() => server().Exit(134)));
        var result = _run.Try(Planned.Case());
        Assert.Equal("the server ended with exit code 134 under load; see bench.log", result.Failure);
        Assert.Empty(result.Windows);
        Assert.Equal(100, result.Connected?.Connected);
    }

    [Fact]
    public void A_server_that_ended_before_anybody_could_connect_is_told_by_its_exit_code()
    {
        var server = Serve(server => server.Print(Ready));
        Load(load =>
        {
            load.Connected = 0;
            load.Instead = Also<ConnectOrder>(() => server().Exit(139));
        });
        Assert.Equal("the server ended with exit code 139 under load; see bench.log", Failure());
    }

    [Fact]
    public void A_server_that_does_not_end_in_peace_has_its_figures_and_a_line_in_the_log()
    {
        Serve(server =>
        {
            server.CodeWhenStopped = 1;
            return server.Print(Ready);
        });
        Assert.Null(_run.Try(Planned.Case()).Failure);
        Assert.Contains("server: ended with exit code 1 when it was asked to stop", _run.Log, StringComparison.Ordinal);
    }

    [Fact]
    public void A_load_generator_that_dies_is_told_by_its_exit_code()
    {
        Load(load => load.Instead = On<MeasureOrder>(dying => dying.Exit(139)));
        Assert.Equal("the load generator ended with exit code 139; see bench.log", Failure());
    }

    [Fact]
    public void A_load_generator_that_dies_between_two_windows_has_no_windows()
    {
        Load(load =>
            load.Instead = OnWindows(dying =>
            {
                dying.Answer(new BorderAnswer());
                dying.Answer(dying.Window(0, 1));
                dying.Exit(139);
            })
        );
        var result = _run.Try(Planned.Case());
        Assert.Equal("the load generator ended with exit code 139; see bench.log", result.Failure);
        Assert.Empty(result.Windows);
        Assert.Empty(result.Metrics);
    }

    [Fact]
    public void A_load_generator_that_dies_when_it_should_stop_has_no_windows()
    {
        Load(load => load.Instead = On<StopOrder>(dying => dying.Exit(139)));
        var result = _run.Try(Planned.Case());
        Assert.Equal("the load generator ended with exit code 139; see bench.log", result.Failure);
        Assert.Empty(result.Windows);
    }

    [Fact]
    public void A_load_generator_that_answers_out_of_turn_is_found_out()
    {
        Load(load => load.Instead = On<WarmUpOrder>(confused => confused.Answer(new StoppedAnswer(new LoadErrors()))));
        Assert.Equal("the load generator answered out of turn: WarmAnswer was due", Failure());
    }

    [Theory]
    [InlineData("garbage", "the load generator: no control message: garbage")]
    [InlineData("", "the load generator: no control message: ")]
    [InlineData("null", "the load generator: a control message is null")]
    [InlineData("{\"type\":\"window\"}", "the load generator: no control message: {\"type\":\"window\"}")]
    [InlineData("{\"type\":\"connect\"}", "the load generator: no control message: {\"type\":\"connect\"}")]
    public void A_load_generator_that_prints_something_else_is_cited(string printed, string failure)
    {
        Load(load => load.Instead = On<MeasureOrder>(confused => confused.Print(printed)));
        Assert.Equal(failure, Failure());
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64")]
    [InlineData("AAAA")]
    public void A_histogram_that_cannot_be_read_is_no_figure(string histogram)
    {
        Load(load =>
            load.Instead = OnWindows(confused =>
            {
                confused.Answer(new BorderAnswer());
                confused.Answer(confused.Window(0, 1) with { Histogram = histogram });
            })
        );
        Assert.StartsWith("the load generator: ", Failure(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_load_generator_that_never_answers_is_waited_for_as_long_as_the_order_takes_and_20_s()
    {
        FakeLoad? silent = null;
        Load(load => (silent = load).Instead = On<StopOrder>(_ => { }));
        Assert.Equal("the load generator gave no answer within 24 s", Failure());
        // After 5 s it is looked whether it is halted.
        double[] warmUp = [5, .. OrderOf(5, 5.025), .. OrderOf(5, 5.025)];
        double[] windows = OrderOf(20, 5.1);
        Assert.Equal([10.2, 95, .. warmUp, .. windows, 9, 15], silent!.Patience.Select(time => time.TotalSeconds));

        static double[] OrderOf(int slices, double each) => [5, .. Enumerable.Repeat(each, slices)];
    }

    [Theory]
    [InlineData(typeof(ConnectOrder))]
    [InlineData(typeof(GreetOrder))]
    [InlineData(typeof(WarmUpOrder))]
    public void An_interruption_before_the_first_window_leaves_no_process_and_no_result(Type when)
    {
        Load(load =>
            load.Instead = (_, order) =>
            {
                if (order.GetType() == when)
                    _run.Interrupt();
                return false;
            }
        );
        Assert.ThrowsAny<OperationCanceledException>(() => _run.Try(Planned.Case()));
        Assert.Equal(["load is gone", "server is gone"], _run.Launcher.Steps[^2..]);
    }

    [Fact]
    public void An_interruption_in_a_window_keeps_it_and_measures_no_more()
    {
        Load(load =>
            load.Instead = OnWindows(interrupted =>
            {
                _run.Interrupt();
                interrupted.Obey(new MeasureOrder(20, 0.1));
            })
        );
        var result = _run.Try(Planned.Case());
        Assert.Equal((null, true, 1), (result.Failure, result.Interrupted, result.Windows.Count));
        Assert.Equal(
            ["load is stopped", "server is stopped", "load is gone", "server is gone"],
            _run.Launcher.Steps[^4..]
        );
    }

    [Fact]
    public void An_interruption_behind_the_last_window_changes_nothing()
    {
        Load(load =>
            load.Instead = (_, order) =>
            {
                if (order is StopOrder)
                    _run.Interrupt();
                return false;
            }
        );
        var result = _run.Try(Planned.Case());
        Assert.Equal((null, false, 2), (result.Failure, result.Interrupted, result.Windows.Count));
        Assert.Equal(["server is stopped", "load is gone", "server is gone"], _run.Launcher.Steps[^3..]);
    }

    [Fact]
    public void A_server_that_is_halted_under_load_gets_no_figure()
    {
        var server = Serve(server => server.Print(Ready));
        Load(load =>
            load.Instead = OnWindows(halting =>
            {
                server().IsHalted = true;
                halting.Obey(new MeasureOrder(20, 0.1));
            })
        );
        Assert.Equal("the server was halted (SIGSTOP) under load, and did not go on", Failure());
    }

    [Fact]
    public void A_load_generator_that_is_halted_and_does_not_go_on_is_not_waited_for_as_long_as_one_that_is_slow()
    {
        Load(load => load.Instead = OnWindows(halting => halting.IsHalted = true));
        Assert.Equal("the load generator was halted (SIGSTOP) under load, and did not go on", Failure());
    }

    [Fact]
    public void A_server_that_gave_a_wrong_reply_gets_no_figure()
    {
        Load(load => load.Errors = new LoadErrors { Corrupt = 1, Reset = 5 });
        Assert.StartsWith("1 replies were wrong", Failure(), StringComparison.Ordinal);
    }

    private string? Failure() => _run.Try(Planned.Case()).Failure;

    private Func<FakeChild> Serve(Func<FakeChild, FakeChild> prepare)
    {
        FakeChild? server = null;
        _run.Launcher.Server = (_, started) => server = prepare(started);
        return () => server!;
    }

    private void Load(Action<FakeLoad> prepare) => _run.Launcher.Load = (_, load) => prepare(load);

    private static Func<FakeLoad, LoadOrder, bool> On<TOrder>(Action<FakeLoad> act)
        where TOrder : LoadOrder =>
        (load, order) =>
        {
            if (order is TOrder)
                act(load);
            return order is TOrder;
        };

    // The windows themselves, and not the shorter orders of the warm-up.
    private static Func<FakeLoad, LoadOrder, bool> OnWindows(Action<FakeLoad> act) =>
        (load, order) =>
        {
            if (order is not MeasureOrder { Windows: 20 })
                return false;
            act(load);
            return true;
        };

    private static Func<FakeLoad, LoadOrder, bool> Also<TOrder>(Action act)
        where TOrder : LoadOrder =>
        (_, order) =>
        {
            if (order is TOrder)
                act();
            return false;
        };
}
