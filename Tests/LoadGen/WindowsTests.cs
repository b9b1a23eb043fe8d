using System.Diagnostics;
using C10k.LoadGen;
using C10k.LoadGen.Clients;
using C10k.Tests.Servers;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.LoadGen;

public class WindowsTests
{
    private const int Count = 6;
    private static readonly long Length = Stopwatch.Frequency / 50;

    [Fact]
    public async Task One_window_begins_where_the_last_one_ended()
    {
        using var server = TcpTestServer.Echo(64);
        using var worker = new Worker(Loads.Options(server.EndPoint, 4), 0, 4);
        await worker.Connect().WaitAsync(Patience.Limit);
        worker.BeginLoad(Stopwatch.GetTimestamp());
        var schedule = new Schedule(Stopwatch.GetTimestamp() + Length, Length, Count);
        worker.Measure(schedule);
        var tallies = await Task.Run(() => Enumerable.Range(0, Count).Select(_ => worker.TakeTally()!).ToList());
        Assert.True(tallies[0].Begin >= schedule.Border(0));
        foreach (var (before, after) in tallies.Zip(tallies.Skip(1)))
            Assert.Equal(before.End, after.Begin);
        for (var i = 0; i < Count; i++)
            Assert.True(tallies[i].End >= schedule.Border(i + 1));
    }

    [Fact]
    public async Task Every_reply_since_the_beginning_is_in_one_window()
    {
        using var server = TcpTestServer.Echo(64);
        using var worker = new Worker(Loads.Options(server.EndPoint, 4), 0, 4);
        await worker.Connect().WaitAsync(Patience.Limit);
        worker.BeginLoad(Stopwatch.GetTimestamp());
        worker.Measure(new Schedule(Stopwatch.GetTimestamp() + Length, Length, Count));
        var tallies = await Task.Run(() => Enumerable.Range(0, Count).Select(_ => worker.TakeTally()!).ToList());
        Assert.Equal(tallies[^1].Census.Replies, tallies.Sum(tally => tally.Distributions.Latency.TotalCount));
        Assert.Equal(
            tallies.Select(tally => tally.Census.Replies).Order(),
            tallies.Select(tally => tally.Census.Replies)
        );
    }

    [Fact]
    public async Task What_was_before_the_first_window_is_forgotten()
    {
        using var server = new TcpTestServer(AnswerOnce);
        using var load = new LoadRun(Loads.Options(server.EndPoint, 3));
        await load.Connect().WaitAsync(Patience.Limit);
        load.Begin();
        await Patience.Until("all have asked twice", () => _askedTwice == 3, () => $"{_askedTwice} have");
        var windows = load.Measure(2, TimeSpan.FromMilliseconds(20), () => { }).ToList();
        Assert.All(
            windows,
            window => Assert.Equal((3, 0, 0), (window.Report.Alive, window.Report.Served, window.Report.Requests))
        );
    }

    [Fact]
    public async Task Windows_of_several_threads_are_put_together()
    {
        using var server = TcpTestServer.Echo(64);
        var outcome = await Loads.RunUntil(500, Loads.Options(server.EndPoint, clients: 7, threads: 3));
        Assert.Equal((7, 7), (outcome.Connected.Connected, server.Accepted));
        var last = outcome.Windows[^1];
        Assert.Equal((7, 7, 7, 7), (last.Clients, last.Connected, last.Alive, last.Served));
        Assert.InRange(last.Fairness, 1.0 / 7, 1);
        Assert.All(outcome.Windows, window => Assert.InRange(window.Seconds, 1e-9, Patience.Limit.TotalSeconds));
        Assert.Equal(0, outcome.Errors.Total);
    }

    [Fact]
    public async Task More_threads_than_clients_are_not_started()
    {
        using var server = TcpTestServer.Echo(64);
        var outcome = await Loads.RunUntil(10, Loads.Options(server.EndPoint, clients: 2, threads: 64));
        Assert.Equal(2, outcome.Connected.Connected);
    }

    [Fact]
    public async Task Load_that_is_ended_before_its_first_window_has_begun_ends_at_once()
    {
        using var server = new TcpTestServer(TcpTestServer.Ignore);
        for (var i = 0; i < 10; i++)
        {
            using var load = new LoadRun(Loads.Options(server.EndPoint, 3));
            await load.Connect().WaitAsync(Patience.Limit);
            var measuring = Task.Run(() => load.Measure(1, TimeSpan.FromHours(1), load.End).ToList());
            var window = Assert.Single(await measuring.WaitAsync(Patience.Limit));
            Assert.Equal((3, 0), (window.Report.Alive, window.Report.Requests));
        }
    }

    [Fact]
    public async Task Load_that_is_ended_in_a_window_tells_what_it_held()
    {
        var answered = 0;
        using var server = TcpTestServer.Echo(
            64,
            (connection, _, message) =>
            {
                Interlocked.Increment(ref answered);
                return TcpTestServer.SendAll(connection, message);
            }
        );
        using var load = new LoadRun(Loads.Options(server.EndPoint, 3));
        await load.Connect().WaitAsync(Patience.Limit);
        var measuring = Task.Run(() => load.Measure(1, TimeSpan.FromHours(1), load.Begin).ToList());
        await Patience.Until("some are answered", () => Volatile.Read(ref answered) > 20, () => $"{answered} are");
        load.End();
        var window = Assert.Single(await measuring.WaitAsync(Patience.Limit));
        Assert.InRange(window.Report.Requests, 1, long.MaxValue);
    }

    private int _askedTwice;

    private async Task AnswerOnce(System.Net.Sockets.Socket connection)
    {
        var message = new byte[64];
        await TcpTestServer.ReceiveAll(connection, message);
        await TcpTestServer.SendAll(connection, message);
        await TcpTestServer.ReceiveAll(connection, message);
        Interlocked.Increment(ref _askedTwice);
        await TcpTestServer.Ignore(connection);
    }
}
