using C10k.Contract;
using C10k.LoadGen;
using C10k.LoadGen.Clients;
using C10k.Tests.Servers;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.LoadGen;

/// <summary>The end: replies that are still to come are waited for, and those that do not come are counted.</summary>
public class SettlingTests
{
    [Fact]
    public async Task Requests_that_nobody_answers_are_counted_and_are_no_errors()
    {
        using var server = new TcpTestServer(TcpTestServer.Ignore);
        using var load = await Begin(server, clients: 7);
        var unfinished = await load.Settle(TimeSpan.FromMilliseconds(50)).WaitAsync(Patience.Limit);
        Assert.Equal(new Unfinished(Unanswered: 7, Lost: 0, NotSent: 0), unfinished);
        load.Dispose();
        Assert.Equal(new LoadErrors(), load.AllErrors);
    }

    [Fact]
    public async Task Replies_that_are_under_way_are_waited_for()
    {
        using var server = TcpTestServer.Echo(
            64,
            async (connection, _, message) =>
            {
                await Task.Delay(100);
                await TcpTestServer.SendAll(connection, message);
            }
        );
        using var load = await Begin(server, clients: 7);
        Assert.Equal(default, await load.Settle(Patience.Limit).WaitAsync(2 * Patience.Limit));
    }

    [Fact]
    public async Task Nobody_asks_any_more()
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
        using var load = await Begin(server, clients: 3);
        await load.Settle(Patience.Limit).WaitAsync(2 * Patience.Limit);
        var before = Volatile.Read(ref answered);
        var windows = await Task.Run(() => load.Measure(1, TimeSpan.FromMilliseconds(50), () => { }).ToList());
        Assert.Equal((0, before), (windows.Sum(window => window.Report.Requests), Volatile.Read(ref answered)));
    }

    private static async Task<LoadRun> Begin(TcpTestServer server, int clients)
    {
        var load = new LoadRun(Loads.Options(server.EndPoint, clients));
        await load.Connect().WaitAsync(Patience.Limit);
        load.Begin();
        return load;
    }
}
