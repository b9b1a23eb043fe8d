using System.Net;
using System.Net.Sockets;
using C10k.Contract;
using C10k.Tests.Servers;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.LoadGen;

/// <summary>Whatever a server does wrong is counted under its own name, once for each client, and never as a request.</summary>
public class ErrorTests
{
    private const int Clients = 20;
    private const int MessageBytes = 64;

    [Fact]
    public async Task Nobody_listens()
    {
        using var port = new DeafPort();
        using var load = new C10k.LoadGen.LoadRun(Loads.Options(port.EndPoint, Clients));
        var connected = await load.Connect().WaitAsync(Patience.Limit);
        Assert.Equal((Clients, 0), (connected.Clients, connected.Connected));
        Assert.Equal(new LoadErrors { Refused = Clients }, connected.Errors);
        Assert.Equal(new Dictionary<string, long> { ["ECONNREFUSED"] = Clients }, connected.Errnos);
        Assert.Equal(new LatencySummary(0, 0, 0, 0, 0, 0), connected.ConnectUs);
        Assert.Empty(load.Measure(3, TimeSpan.FromSeconds(1), () => Assert.Fail("no window without connections")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task The_server_closes_after_some_replies(int replies)
    {
        using var server = new TcpTestServer(async connection =>
        {
            var message = new byte[MessageBytes];
            for (var i = 0; i < replies; i++)
            {
                await TcpTestServer.ReceiveAll(connection, message);
                await TcpTestServer.SendAll(connection, message);
            }
            connection.Shutdown(SocketShutdown.Send);
            await TcpTestServer.Ignore(connection);
        });
        var outcome = await Loads.RunUntilAllAreGone(Loads.Options(server.EndPoint, Clients));
        Assert.Equal(Clients * replies, outcome.Requests);
        Assert.Equal(new LoadErrors { Closed = Clients }, outcome.Errors);
        Assert.Equal((Clients, 0), (outcome.Windows[^1].Served, outcome.Windows[^1].Alive));
    }

    [Fact]
    public async Task The_server_closes_before_anybody_has_asked()
    {
        using var server = new TcpTestServer(connection =>
        {
            connection.Shutdown(SocketShutdown.Send);
            return TcpTestServer.Ignore(connection);
        });
        var outcome = await RunWithoutAsking(server.EndPoint);
        Assert.Equal(Clients, outcome.Connected.Connected);
        Assert.Equal(new LoadErrors { Closed = Clients }, outcome.Errors);
    }

    [Fact]
    public async Task The_server_speaks_before_anybody_has_asked()
    {
        using var server = new TcpTestServer(async connection =>
        {
            await TcpTestServer.SendAll(connection, "hello"u8.ToArray());
            await TcpTestServer.Ignore(connection);
        });
        var outcome = await RunWithoutAsking(server.EndPoint);
        Assert.Equal(new LoadErrors { Corrupt = Clients }, outcome.Errors);
    }

    [Fact]
    public async Task The_server_resets()
    {
        using var server = new TcpTestServer(async connection =>
        {
            await TcpTestServer.ReceiveAll(connection, new byte[MessageBytes]);
            connection.LingerState = new LingerOption(enable: true, seconds: 0);
        });
        var outcome = await Loads.RunUntilAllAreGone(Loads.Options(server.EndPoint, Clients));
        Assert.Equal(0, outcome.Requests);
        Assert.Equal(new LoadErrors { Reset = Clients }, outcome.Errors);
    }

    [Fact]
    public async Task The_server_corrupts_every_hundredth_reply()
    {
        using var server = TcpTestServer.Echo(
            MessageBytes,
            (connection, number, message) =>
            {
                message[number % MessageBytes] ^= (byte)(number % 100 == 0 ? 1 : 0);
                return TcpTestServer.SendAll(connection, message);
            }
        );
        var outcome = await Loads.RunUntilAllAreGone(Loads.Options(server.EndPoint, clients: 5));
        Assert.Equal(5 * 99, outcome.Requests);
        Assert.Equal(new LoadErrors { Corrupt = 5 }, outcome.Errors);
    }

    [Fact]
    public async Task The_server_corrupts_every_ten_thousandth_reply_of_all()
    {
        var replies = 0;
        using var server = TcpTestServer.Echo(
            MessageBytes,
            (connection, _, message) =>
            {
                message[^1] ^= (byte)(Interlocked.Increment(ref replies) % 10_000 == 0 ? 1 : 0);
                return TcpTestServer.SendAll(connection, message);
            }
        );
        var outcome = await Loads.RunUntil(25_000, Loads.Options(server.EndPoint, Clients));
        Assert.Equal(new LoadErrors { Corrupt = replies / 10_000 }, outcome.Errors);
        Assert.Equal(Clients - outcome.Errors.Corrupt, outcome.Windows[^1].Alive);
        Assert.Equal(0, outcome.Unanswered);
    }

    [Fact]
    public async Task The_server_gives_one_client_the_reply_of_another()
    {
        byte[]? first = null;
        using var server = TcpTestServer.Echo(
            MessageBytes,
            (connection, _, message) =>
            {
                Interlocked.CompareExchange(ref first, [.. message], null);
                return TcpTestServer.SendAll(connection, first);
            }
        );
        var outcome = await Loads.RunUntilAllAreGone(Loads.Options(server.EndPoint, Clients));
        Assert.Equal(1, outcome.Requests);
        Assert.Equal(new LoadErrors { Corrupt = Clients }, outcome.Errors);
    }

    [Fact]
    public async Task The_server_repeats_its_last_reply()
    {
        using var server = new TcpTestServer(async connection =>
        {
            var message = new byte[MessageBytes];
            await TcpTestServer.ReceiveAll(connection, message);
            await TcpTestServer.SendAll(connection, message);
            await TcpTestServer.ReceiveAll(connection, new byte[MessageBytes]);
            await TcpTestServer.SendAll(connection, message);
            await TcpTestServer.Ignore(connection);
        });
        var outcome = await Loads.RunUntilAllAreGone(Loads.Options(server.EndPoint, Clients));
        Assert.Equal(Clients, outcome.Requests);
        Assert.Equal(new LoadErrors { Corrupt = Clients }, outcome.Errors);
    }

    [Fact]
    public async Task The_server_answers_too_much()
    {
        using var server = TcpTestServer.Echo(
            MessageBytes,
            (connection, _, message) => TcpTestServer.SendAll(connection, (byte[])[.. message, 0])
        );
        var outcome = await Loads.RunUntilAllAreGone(Loads.Options(server.EndPoint, Clients));
        Assert.Equal(Clients, outcome.Errors.Corrupt);
        Assert.Equal(Clients, outcome.Errors.Total);
    }

    [Fact]
    public async Task The_server_answers_before_it_was_asked_everything()
    {
        const int Size = 1 << 20;
        using var server = new TcpTestServer(async connection =>
        {
            await TcpTestServer.ReceiveAll(connection, new byte[16]);
            await TcpTestServer.SendAll(connection, new byte[16]);
            await TcpTestServer.Ignore(connection);
        });
        var outcome = await Loads.RunUntilAllAreGone(Loads.Options(server.EndPoint, clients: 2, size: Size));
        Assert.Equal(2, outcome.Errors.Corrupt);
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(2, 300)]
    public async Task The_server_accepts_a_few_and_no_more(int backlog, int timeoutMs)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(backlog);
        var options = Loads.Options((IPEndPoint)listener.LocalEndPoint!, clients: 10) with
        {
            ConnectTimeout = TimeSpan.FromMilliseconds(timeoutMs),
        };
        using var load = new C10k.LoadGen.LoadRun(options);
        var connected = await load.Connect().WaitAsync(Patience.Limit);
        Assert.InRange(connected.Connected, backlog + 1, 9);
        Assert.Equal(new LoadErrors { Timeout = 10 - connected.Connected }, connected.Errors);
    }

    [Fact]
    public async Task Connecting_can_be_given_up_and_that_is_no_error()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0);
        using var load = new C10k.LoadGen.LoadRun(Loads.Options((IPEndPoint)listener.LocalEndPoint!, clients: 1_000));
        var connecting = load.Connect();
        Assert.False(connecting.IsCompleted);
        load.End();
        var connected = await connecting.WaitAsync(Patience.Limit);
        Assert.Equal(1_000, connected.Clients);
        Assert.InRange(connected.Connected, 0, 999);
        Assert.Equal(0, connected.Errors.Total);
    }

    [Fact]
    public async Task Load_that_is_ended_before_it_connects_does_not_connect()
    {
        using var server = TcpTestServer.Echo(MessageBytes);
        using var load = new C10k.LoadGen.LoadRun(Loads.Options(server.EndPoint, Clients));
        load.End();
        Assert.Equal(0, (await load.Connect().WaitAsync(Patience.Limit)).Connected);
        Assert.Equal(0, server.Accepted);
    }

    // Without asking, so that it must be noticed by what the server does alone.
    private static async Task<LoadOutcome> RunWithoutAsking(IPEndPoint server)
    {
        using var load = new C10k.LoadGen.LoadRun(Loads.Options(server, Clients));
        var connected = await load.Connect().WaitAsync(Patience.Limit);
        var windows = load.Measure(500, TimeSpan.FromMilliseconds(20), () => { })
            .TakeWhile(window => window.Report.Alive > 0);
        await Task.Run(() => windows.Count());
        load.Dispose();
        return new LoadOutcome(connected, [], load.AllErrors);
    }
}
