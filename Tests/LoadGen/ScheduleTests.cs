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
        await AnyWindow(
            options,
            TimeSpan.FromMilliseconds(40),
            window => window is { Requests: > 20, PacingUs: { P50: > 0, P99: < 100 } }
        );
    }

    [Fact]
    public async Task Five_milliseconds_are_five_milliseconds()
    {
        using var server = new FiveMillisecondServer();
        var options = Loads.Options(server.EndPoint, clients: 1, threads: 1);
        await AnyWindow(
            options,
            TimeSpan.FromMilliseconds(60),
            window => window.Requests >= 5 && Math.Abs(window.LatencyUs.P50 - 5_000) < 200
        );
    }

    [Fact]
    public async Task A_server_that_stalls_is_seen_by_those_who_should_have_asked_meanwhile()
    {
        const double Stall = 0.5;
        const double Length = 2;
        // Requests that were due in the stall wait for its end: those due x after its beginning, Stall - x. So many of all wait
        // longer than x: (Stall - x) / Length. At the 99th percentile that is a hundredth.
        const double Expected = (Stall - 0.01 * Length) * 1e6;
        await Best(
            async () =>
            {
                using var server = new StallingServer(TimeSpan.FromSeconds(0.7), TimeSpan.FromSeconds(Stall));
                var options = Loads.Options(server.EndPoint, 5, threads: 1) with { Pace = Pace.Scheduled(1_000) };
                return await Measure(options, TimeSpan.FromSeconds(Length));
            },
            window =>
                IsAbout(1_000, window.ThroughputRps)
                && IsAbout(Expected, window.LatencyUs.P99)
                // Of 2,000 requests only five were under way in the stall.
                && window.ServiceLatencyUs.P99 < Expected / 10
                && IsAbout(Stall * 1e6, window.ScheduleLagUs.Max)
                && window.PacingUs.P90 < Expected / 10
        );
    }

    [Fact]
    public async Task A_closed_loop_sees_next_to_nothing_of_the_same_stall() =>
        await Best(
            async () =>
            {
                using var server = new StallingServer(TimeSpan.FromSeconds(0.3), TimeSpan.FromSeconds(0.4));
                return await Measure(Loads.Options(server.EndPoint, 5, threads: 1), TimeSpan.FromSeconds(1));
            },
            window =>
                window.LatencyUs is { Max: > 350_000, P99: < 100_000 } && window.LatencyUs == window.ServiceLatencyUs
        );

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
        var unanswered = await load.Settle(TimeSpan.Zero).WaitAsync(Patience.Limit);
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
        Assert.Equal(0, await load.Settle(Patience.Limit).WaitAsync(2 * Patience.Limit));
        // A hundred were due in the window, of which the server can answer forty.
        Assert.InRange(answered, 95, int.MaxValue);
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
        Assert.True(
            isGood(windows[^1]),
            $"none of {windows.Count} windows was good, the last of which was {windows[^1]}"
        );
        load.Dispose();
        Assert.Equal(new LoadErrors(), load.AllErrors);
    }

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

    private static async Task Best(Func<Task<LoadReport>> measure, Func<LoadReport, bool> isGood)
    {
        var seen = new List<LoadReport>();
        while (seen.Count < Tries)
        {
            seen.Add(await measure());
            if (isGood(seen[^1]))
                return;
        }
        Assert.Fail($"none of {Tries} tries was good: {string.Join("\n", seen)}");
    }

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
