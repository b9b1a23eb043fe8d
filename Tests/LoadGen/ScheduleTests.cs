using System.Diagnostics;
using System.Net.Sockets;
using C10k.Contract;
using C10k.LoadGen;
using C10k.LoadGen.Arrivals;
using C10k.Tests.Servers;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.LoadGen;

/// <summary>
/// Open loops, think times, and times that can be foretold. A busy machine makes times worse, and never better: one window that is as
/// it should be is enough.
/// </summary>
[Collection(nameof(AloneInTheProcess))]
public class ScheduleTests
{
    private const int Tries = 8;

    // A machine that is busy with other things is more likely to have so much time in one piece than a whole second.
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(250);

    [Theory]
    [InlineData(500, false, 10, 1)]
    [InlineData(2_000, false, 7, 2)]
    [InlineData(2_000, true, 10, 2)]
    [InlineData(100, false, 1, 1)]
    public async Task The_rate_is_the_one_that_was_asked_for(double rate, bool poisson, int clients, int threads)
    {
        using var server = TcpTestServer.Echo(64);
        var options = Loads.Options(server.EndPoint, clients, threads) with { Pace = Pace.Scheduled(rate, poisson) };
        await AnyWindow(options, TimeSpan.FromMilliseconds(500), window => IsAbout(rate, window.ThroughputRps));
    }

    [Fact]
    public async Task Requests_are_sent_when_they_are_due()
    {
        using var server = TcpTestServer.Echo(64);
        var options = Loads.Options(server.EndPoint, clients: 10, threads: 1) with { Pace = Pace.Scheduled(1_000) };
        await AnyWindow(options, Short, window => window is { Requests: > 225, PacingUs: { P50: > 0, P99: < 100 } });
    }

    [Fact]
    public async Task Five_milliseconds_are_five_milliseconds()
    {
        using var server = new FiveMillisecondServer();
        var options = Loads.Options(server.EndPoint, clients: 1, threads: 1);
        await AnyWindow(
            options,
            Short,
            window => window.Requests >= 37 && Math.Abs(window.LatencyUs.P50 - 5_000) < 200
        );
    }

    [Fact]
    public Task A_server_that_stalls_is_seen_by_those_who_should_have_asked_meanwhile() =>
        AStallIsSeen(stall: 0.5, length: 2);

    [Fact]
    [Trait("Category", "long")]
    public Task One_second_in_ten_is_seen_too() => AStallIsSeen(stall: 1, length: 10);

    [Fact]
    public Task A_closed_loop_sees_next_to_nothing_of_the_same_stall() => AClosedLoopSeesNothing(stall: 0.5, length: 2);

    [Fact]
    [Trait("Category", "long")]
    public Task A_closed_loop_sees_next_to_nothing_of_one_second_in_ten() =>
        AClosedLoopSeesNothing(stall: 1, length: 10);

    [Fact]
    public async Task A_server_that_hangs_is_seen_while_it_does()
    {
        using var server = new TcpTestServer(TcpTestServer.Ignore);
        var options = Loads.Options(server.EndPoint, clients: 2, threads: 1) with { Pace = Pace.Scheduled(100) };
        using var load = new LoadRun(options);
        await load.Connect().WaitAsync(Patience.Limit);
        var windows = await Task.Run(() => load.Measure(6, TimeSpan.FromMilliseconds(100), load.Begin).ToList());
        var reports = windows.ConvertAll(window => window.Report);
        Assert.InRange(Lag(reports[^1]), 0.1, double.MaxValue);
        // The second request of a client is due after 20 ms, and is not sent: its lag grows by the length of each window.
        foreach (var (before, after) in reports.Zip(reports.Skip(1)).Where(pair => Lag(pair.First) > 0.05))
            Assert.Equal(Lag(before) + after.Seconds, Lag(after), 1e-6);
        Assert.All(reports, report => Assert.Equal(LatencySummary.Nothing, report.LatencyUs));
        Assert.Equal(Lag(reports[^1]), Lag(Window.Sum(windows).Report));
        Assert.InRange((await load.Settle(TimeSpan.Zero).WaitAsync(Patience.Limit)).Unanswered, 10, long.MaxValue);

        static double Lag(LoadReport report) => report.ScheduleLagUs.Max / 1e6;
    }

    [Fact]
    public async Task Who_is_gone_is_late_for_nothing()
    {
        using var server = new TcpTestServer(connection => TcpTestServer.ReceiveAll(connection, new byte[64]));
        var options = Loads.Options(server.EndPoint, clients: 3) with { Pace = Pace.Scheduled(300) };
        var outcome = await Loads.Run(options, windows => windows.Count(window => window.Alive == 0) == 3);
        Assert.Equal(LatencySummary.Nothing, outcome.Windows[^1].ScheduleLagUs);
        Assert.Equal((0, 3), (outcome.Unanswered, outcome.Unfinished.Lost));
        Assert.InRange(outcome.Unfinished.NotSent, 1, long.MaxValue);
    }

    [Fact]
    public async Task What_nobody_is_left_to_send_is_counted()
    {
        // Two of three lose their connection with their first request.
        const double Rate = 300;
        var connections = 0;
        using var server = new TcpTestServer(async connection =>
        {
            var message = new byte[64];
            var isServed = Interlocked.Increment(ref connections) == 1;
            while (await TcpTestServer.ReceiveAll(connection, message) && isServed)
                await TcpTestServer.SendAll(connection, message);
            connection.Shutdown(SocketShutdown.Send);
            await TcpTestServer.Ignore(connection);
        });
        var options = Loads.Options(server.EndPoint, clients: 3) with { Pace = Pace.Scheduled(Rate) };
        using var load = new LoadRun(options);
        await load.Connect().WaitAsync(Patience.Limit);
        var clock = new Stopwatch();
        var windows = await Task.Run(() => load.Measure(5, TimeSpan.FromMilliseconds(100), Begin).ToList());
        var before = clock.Elapsed;
        var unfinished = await load.Settle(Patience.Limit).WaitAsync(2 * Patience.Limit);
        var after = clock.Elapsed;
        Assert.Equal((0, 2), (unfinished.Unanswered, unfinished.Lost));
        Assert.Equal(2, windows.Sum(window => window.Report.LostRequests));
        Assert.InRange(
            unfinished.NotSent,
            Rate * 2 / 3 * (before.TotalSeconds - 0.1),
            Rate * 2 / 3 * after.TotalSeconds
        );

        void Begin()
        {
            clock.Start();
            load.Begin();
        }
    }

    [Fact]
    public async Task A_server_that_is_too_slow_falls_behind_and_nothing_is_lost_from_the_books()
    {
        // One client, 20 ms a reply: fifty in a second, of the five hundred that are due.
        const double Rate = 500;
        using var server = new TcpTestServer(connection => AnswerAfter(connection, TimeSpan.FromMilliseconds(20)));
        var options = Loads.Options(server.EndPoint, clients: 1, threads: 1) with { Pace = Pace.Scheduled(Rate) };
        using var load = new LoadRun(options);
        await load.Connect().WaitAsync(Patience.Limit);
        var clock = new Stopwatch();
        var windows = await Task.Run(() =>
            TakeUntil(
                load.Measure(200, TimeSpan.FromMilliseconds(100), Begin),
                window => window.ScheduleLagUs.Max > 5e5
            )
        );
        var before = clock.Elapsed;
        var unanswered = (await load.Settle(TimeSpan.Zero).WaitAsync(Patience.Limit)).Unanswered;
        var after = clock.Elapsed;
        var last = windows[^1];
        Assert.InRange(last.LatencyUs.Max, Math.Max(5e5, last.ServiceLatencyUs.Max), double.MaxValue);
        // What was due is answered, or under way, or was never sent; a few were answered behind the last window.
        var known = windows.Sum(window => window.Requests) + unanswered;
        Assert.InRange(known, Rate * before.TotalSeconds * 0.8 - 10, Rate * after.TotalSeconds + 10);

        void Begin()
        {
            clock.Start();
            load.Begin();
        }
    }

    [Fact]
    public async Task What_was_due_is_still_sent_and_answered_when_the_end_waits_for_it()
    {
        var answered = 0;
        using var server = new TcpTestServer(connection =>
            AnswerAfter(connection, TimeSpan.FromMilliseconds(5), () => Interlocked.Increment(ref answered))
        );
        var options = Loads.Options(server.EndPoint, clients: 1, threads: 1) with { Pace = Pace.Scheduled(500) };
        using var load = new LoadRun(options);
        await load.Connect().WaitAsync(Patience.Limit);
        await Task.Run(() => load.Measure(1, TimeSpan.FromSeconds(0.2), load.Begin).Single());
        Assert.Equal(default, await load.Settle(Patience.Limit).WaitAsync(2 * Patience.Limit));
        // A hundred were due in the window, or fewer where the load began late, of which the server can answer forty.
        Assert.InRange(answered, 60, int.MaxValue);
    }

    [Fact]
    public async Task Several_requests_of_a_client_may_be_under_way_in_an_open_loop_too()
    {
        using var server = TcpTestServer.Echo(
            64,
            async (connection, _, message) =>
            {
                await Task.Delay(4);
                await TcpTestServer.SendAll(connection, message);
            }
        );
        var options = Loads.Options(server.EndPoint, clients: 2, threads: 1) with
        {
            Pace = Pace.Scheduled(200, isRandom: true),
            Pipeline = 4,
        };
        await AnyWindow(options, TimeSpan.FromSeconds(1), window => IsAbout(200, window.ThroughputRps));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Clients_that_think_ask_as_often_as_their_thinking_allows(bool random)
    {
        using var server = TcpTestServer.Echo(64);
        var options = Loads.Options(server.EndPoint, clients: 20, threads: 2) with
        {
            Pace = Pace.Think(TimeSpan.FromMilliseconds(50), random),
        };
        // 20 clients with 50 ms each.
        await AnyWindow(
            options,
            TimeSpan.FromMilliseconds(500),
            window => IsAbout(400, window.ThroughputRps) && window.Served == 20
        );
    }

    private static Task AStallIsSeen(double stall, double length)
    {
        // Requests that were due in the stall wait for its end: those due x after its beginning, stall - x. So many of all wait
        // longer than x: (stall - x) / length. At the 99th percentile that is a hundredth.
        var expected = (stall - 0.01 * length) * 1e6;
        return Best(
            async () =>
            {
                using var server = new StallingServer(TimeSpan.FromSeconds(length / 3), TimeSpan.FromSeconds(stall));
                var options = Loads.Options(server.EndPoint, 5, threads: 1) with { Pace = Pace.Scheduled(1_000) };
                return await Measure(options, TimeSpan.FromSeconds(length));
            },
            window =>
                IsAbout(1_000, window.ThroughputRps)
                && IsAbout(expected, window.LatencyUs.P99)
                // Of a thousand requests a second only five were under way in the stall.
                && window.ServiceLatencyUs.P99 < expected / 10
                && IsAbout(stall * 1e6, window.ServiceLatencyUs.Max)
                && IsAbout(stall * 1e6, window.ScheduleLagUs.Max)
                && window.PacingUs.P90 < expected / 10
        );
    }

    private static Task AClosedLoopSeesNothing(double stall, double length) =>
        Best(
            async () =>
            {
                using var server = new StallingServer(TimeSpan.FromSeconds(length / 3), TimeSpan.FromSeconds(stall));
                return await Measure(Loads.Options(server.EndPoint, 5, threads: 1), TimeSpan.FromSeconds(length));
            },
            window =>
                IsAbout(stall * 1e6, window.LatencyUs.Max)
                && window.LatencyUs.P99 < stall * 1e6 / 5
                && window.LatencyUs == window.ServiceLatencyUs
        );

    private static bool IsAbout(double expected, double actual) => Math.Abs(actual / expected - 1) < 0.2;

    private static async Task<LoadReport> Measure(LoadOptions options, TimeSpan length)
    {
        using var load = new LoadRun(options);
        await load.Connect().WaitAsync(Patience.Limit);
        return (await Task.Run(() => load.Measure(1, length, load.Begin).Single())).Report;
    }

    private static async Task AnyWindow(LoadOptions options, TimeSpan length, Func<LoadReport, bool> isGood)
    {
        using var load = new LoadRun(options);
        await load.Connect().WaitAsync(Patience.Limit);
        var windows = await Task.Run(() =>
            TakeUntil(load.Measure((int)(Patience.Limit / length), length, load.Begin), isGood)
        );
        Assert.SkipWhen(
            !isGood(windows[^1]) && windows.TrueForAll(HadToWait),
            "other programs had the CPUs: the load waited for one again and again"
        );
        Assert.True(
            isGood(windows[^1]),
            $"none of {windows.Count} windows was good, the last of which was {windows[^1]}"
        );
        load.Dispose();
        Assert.Equal(new LoadErrors(), load.AllErrors);
    }

    // Each time that it was ready to go on: on a machine with CPU time to spare it is a few microseconds.
    private static bool HadToWait(LoadReport window) => window.CpuWaiting * window.Seconds > window.Requests * 10e-6;

    private static List<LoadReport> TakeUntil(IEnumerable<Window> windows, Func<LoadReport, bool> isGood)
    {
        var taken = new List<LoadReport>();
        foreach (var window in windows)
        {
            taken.Add(window.Report);
            if (isGood(window.Report))
                break;
        }
        return taken;
    }

    private static Task<LoadReport> Best(Func<Task<LoadReport>> measure, Func<LoadReport, bool> isGood) =>
        Effect.Shows(measure, isGood, report => $"{report}", Tries);

    private static async Task AnswerAfter(Socket connection, TimeSpan delay, Action? onAnswer = null)
    {
        var message = new byte[64];
        while (await TcpTestServer.ReceiveAll(connection, message))
        {
            await Task.Delay(delay);
            onAnswer?.Invoke();
            await TcpTestServer.SendAll(connection, message);
        }
    }
}
