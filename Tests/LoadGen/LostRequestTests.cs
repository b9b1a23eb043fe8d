using System.Net.Sockets;
using System.Text;
using C10k.Contract;
using C10k.LoadGen.Clients;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.LoadGen;

/// <summary>A connection that ends takes along what was under way on it: one error, and as many lost requests as there were.</summary>
public class LostRequestTests
{
    private const int Clients = 5;
    private const int Pipeline = 8;
    private const int MessageBytes = 64;

    [Fact]
    public async Task A_reset_takes_the_whole_pipeline_along()
    {
        const int Answered = 3;
        using var server = new TcpTestServer(async connection =>
        {
            var first = new byte[Pipeline * MessageBytes];
            await TcpTestServer.ReceiveAll(connection, first);
            await TcpTestServer.SendAll(connection, first.AsMemory(0, Answered * MessageBytes));
            // So many are asked behind the replies.
            await TcpTestServer.ReceiveAll(connection, new byte[Answered * MessageBytes]);
            connection.LingerState = new LingerOption(enable: true, seconds: 0);
        });
        var outcome = await RunUntilAllAreGone(server);
        Assert.Equal((Clients * Answered, new LoadErrors { Reset = Clients }), (outcome.Requests, outcome.Errors));
        IsLost(Clients * Pipeline, outcome);
    }

    [Fact]
    public async Task A_corrupt_reply_takes_those_behind_it_along()
    {
        using var server = new TcpTestServer(async connection =>
        {
            var all = new byte[Pipeline * MessageBytes];
            await TcpTestServer.ReceiveAll(connection, all);
            all[MessageBytes + 1] ^= 1;
            await TcpTestServer.SendAll(connection, all.AsMemory(0, 2 * MessageBytes));
            await TcpTestServer.Ignore(connection);
        });
        var outcome = await RunUntilAllAreGone(server);
        Assert.Equal((Clients, new LoadErrors { Corrupt = Clients }), (outcome.Requests, outcome.Errors));
        // The reply to the first lets another one be sent.
        IsLost(Clients * Pipeline, outcome);
    }

    [Fact]
    public async Task What_is_asked_behind_an_announced_end_is_lost_and_no_error()
    {
        using var server = new TcpTestServer(async connection =>
        {
            await connection.ReceiveAsync(new byte[4096]);
            var reply = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi";
            await TcpTestServer.SendAll(connection, Encoding.ASCII.GetBytes(reply));
            await TcpTestServer.Ignore(connection);
        });
        var options = Loads.Options(server.EndPoint, Clients) with { Conversation = "http", Pipeline = 4 };
        var outcome = await Loads.RunUntil(100, options);
        Assert.Equal(new LoadErrors(), outcome.Errors);
        // One of four is answered on each connection, also on those that ended behind the last window.
        Assert.InRange(outcome.Unfinished.Lost, 3 * outcome.Requests, long.MaxValue);
        Assert.Equal(0, outcome.Unfinished.Lost % 3);
        Assert.Equal(3 * outcome.Requests, outcome.Windows.Sum(window => window.LostRequests));
    }

    private static Task<LoadOutcome> RunUntilAllAreGone(TcpTestServer server) =>
        Loads.RunUntilAllAreGone(Loads.Options(server.EndPoint, Clients) with { Pipeline = Pipeline });

    private static void IsLost(int requests, LoadOutcome outcome)
    {
        Assert.Equal(new Unfinished(Unanswered: 0, Lost: requests, NotSent: 0), outcome.Unfinished);
        Assert.Equal(requests, outcome.Windows.Sum(window => window.LostRequests));
    }
}
