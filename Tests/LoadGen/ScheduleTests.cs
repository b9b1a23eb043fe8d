using System.Diagnostics;
using C10k.Contract;
using C10k.LoadGen;
using C10k.LoadGen.Arrivals;
using C10k.Tests.Servers;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.LoadGen;

/// <summary>
/// Open loops: the clock decides when a request is sent. Where times are judged, the best of several tries counts, because a busy
/// machine only makes them worse.
/// </summary>
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
        var window = await Measure(options, TimeSpan.FromSeconds(1));
        // Nothing is lost: whatever is late is caught up with. Poisson counts scatter by their root.
        Assert.InRange(window.ThroughputRps, rate * 0.8, rate * 1.2);
        Assert.Equal(new LoadErrors(), window.Errors);
        Assert.InRange(window.ScheduleLagUs.Max, 0.001, 1e6);
    }

    [Fact]
    public async Task Requests_are_sent_when_they_are_due()
    {
        using var server = TcpTestServer.Echo(64);
        var options = Loads.Options(server.EndPoint, clients: 10, threads: 1) with { Pace = Pace.Scheduled(1_000) };
        await Best(
            async () => (await Measure(options, TimeSpan.FromMilliseconds(300))).PacingUs.P50,
            lagUs => lagUs < 100
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
                using var server = new StallingServer(
                    after: TimeSpan.FromSeconds(0.7),
                    stall: TimeSpan.FromSeconds(Stall)
                );
                var options = Loads.Options(server.EndPoint, clients: 5, threads: 1) with
                {
                    Pace = Pace.Scheduled(1_000),
                };
                var window = await Measure(options, TimeSpan.FromSeconds(Length));
                Assert.Equal(new LoadErrors(), window.Errors);
                Assert.InRange(window.Requests, 1_600, 2_100);
                return window;
            },
            window =>
                Math.Abs(window.LatencyUs.P99 / Expected - 1) < 0.1
                // Of 2,000 requests only five were under way in the stall.
                && window.ServiceLatencyUs.P99 < Expected / 10
                && window.ScheduleLagUs.Max > Expected * 0.9
                && window.PacingUs.P90 < Expected / 10
        );
    }

    [Fact]
    public async Task A_closed_loop_sees_next_to_nothing_of_the_same_stall()
    {
        using var server = new StallingServer(after: TimeSpan.FromSeconds(0.3), stall: TimeSpan.FromSeconds(0.4));
        var options = Loads.Options(server.EndPoint, clients: 5, threads: 1);
        var window = await Measure(options, TimeSpan.FromSeconds(1));
        Assert.InRange(window.LatencyUs.Max, 350_000, 20e6);
        Assert.InRange(window.LatencyUs.P99, 0, 200_000);
        Assert.Equal(window.LatencyUs, window.ServiceLatencyUs);
    }

    [Fact]
    public async Task A_server_that_is_too_slow_falls_behind_and_the_lag_says_by_how_much()
    {
        // One client, 20 ms a reply: fifty in a second, of the five hundred that are due.
        using var server = new TcpTestServer(connection => AnswerAfter(connection, TimeSpan.FromMilliseconds(20)));
        var options = Loads.Options(server.EndPoint, clients: 1, threads: 1) with { Pace = Pace.Scheduled(500) };
        using var load = new LoadRun(options);
        await load.Connect().WaitAsync(Patience.Limit);
        var window = (await Task.Run(() => load.Measure(1, TimeSpan.FromSeconds(1), load.Begin).Single())).Report;
        var unanswered = await load.Settle(TimeSpan.Zero).WaitAsync(Patience.Limit);
        Assert.InRange(window.Requests, 1, 50);
        Assert.InRange(window.ScheduleLagUs.Max, 800_000, 20e6);
        Assert.InRange(window.LatencyUs.Max, window.ServiceLatencyUs.Max + 500_000, 20e6);
        // Nothing is lost from the books: what was due is answered, or under way, or was never sent.
        Assert.InRange(window.Requests + unanswered, 480, 20 * 500);
    }

    [Fact]
    public async Task What_was_due_is_still_sent_and_answered_when_the_end_waits_for_it()
    {
        using var server = new TcpTestServer(connection => AnswerAfter(connection, TimeSpan.FromMilliseconds(4)));
        var options = Loads.Options(server.EndPoint, clients: 1, threads: 1) with { Pace = Pace.Scheduled(500) };
        using var load = new LoadRun(options);
        await load.Connect().WaitAsync(Patience.Limit);
        await Task.Run(() => load.Measure(1, TimeSpan.FromSeconds(0.5), load.Begin).Single());
        Assert.Equal(0, await load.Settle(Patience.Limit).WaitAsync(2 * Patience.Limit));
    }

    [Fact]
    public async Task Several_requests_of_a_client_may_be_under_way_in_an_open_loop_too()
    {
        using var server = TcpTestServer.Echo(
            64,
            async (connection, _, message) =>
            {
                await Task.Delay(2);
                await TcpTestServer.SendAll(connection, message);
            }
        );
        var options = Loads.Options(server.EndPoint, clients: 2, threads: 1) with
        {
            Pace = Pace.Scheduled(400, isRandom: true),
            Pipeline = 4,
        };
        var window = await Measure(options, TimeSpan.FromSeconds(1));
        Assert.Equal(new LoadErrors(), window.Errors);
        Assert.InRange(window.Requests, 200, 600);
    }

    [Fact]
    public async Task Clients_that_think_ask_as_often_as_their_thinking_allows()
    {
        using var server = TcpTestServer.Echo(64);
        foreach (var random in (bool[])[false, true])
        {
            var options = Loads.Options(server.EndPoint, clients: 20, threads: 2) with
            {
                Pace = Pace.Think(TimeSpan.FromMilliseconds(50), random),
            };
            // 20 clients with 50 ms each: 400 a second at most, and not many fewer even on a busy machine.
            var window = await Measure(options, TimeSpan.FromSeconds(1));
            Assert.InRange(window.ThroughputRps, 200, random ? 520 : 410);
            Assert.Equal(20, window.Served);
        }
    }

    [Fact]
    public async Task Five_milliseconds_are_five_milliseconds()
    {
        using var server = new FiveMillisecondServer();
        var options = Loads.Options(server.EndPoint, clients: 1, threads: 1);
        await Best(
            async () => (await Measure(options, TimeSpan.FromMilliseconds(400))).LatencyUs.P50,
            us => Math.Abs(us - 5_000) < 200
        );
    }

    private static async Task<LoadReport> Measure(LoadOptions options, TimeSpan length)
    {
        using var load = new LoadRun(options);
        await load.Connect().WaitAsync(Patience.Limit);
        return (await Task.Run(() => load.Measure(1, length, load.Begin).Single())).Report;
    }

    private static async Task Best<T>(Func<Task<T>> measure, Func<T, bool> isGood)
    {
        var seen = new List<T>();
        while (seen.Count < Tries)
        {
            seen.Add(await measure());
            if (isGood(seen[^1]))
                return;
        }
        Assert.Fail($"none of {Tries} tries was good: {string.Join("\n", seen)}");
    }

    private static async Task AnswerAfter(System.Net.Sockets.Socket connection, TimeSpan delay)
    {
        var message = new byte[64];
        while (await TcpTestServer.ReceiveAll(connection, message))
        {
            var due = Stopwatch.GetTimestamp() + (long)(delay.TotalSeconds * Stopwatch.Frequency);
            while (Stopwatch.GetTimestamp() < due)
                await Task.Delay(1);
            await TcpTestServer.SendAll(connection, message);
        }
    }
}
