using System.Net;
using System.Net.Sockets;
using C10k.Contract;
using C10k.LoadGen.Clients;
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
        Assert.Equal(new LoadErrors { Excess = Clients }, outcome.Errors);
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
        Assert.Equal(new LoadErrors { Excess = Clients }, outcome.Errors);
    }

    [Fact]
    public async Task The_server_answers_twice()
    {
        using var server = TcpTestServer.Echo(
            MessageBytes,
            (connection, _, message) => TcpTestServer.SendAll(connection, (byte[])[.. message, .. message])
        );
        var outcome = await Loads.RunUntilAllAreGone(Loads.Options(server.EndPoint, Clients));
        Assert.Equal((0, new LoadErrors { Excess = Clients }), (outcome.Requests, outcome.Errors));
    }

    [Fact]
    public async Task The_server_answers_too_little_and_closes()
    {
        using var server = TcpTestServer.Echo(
            MessageBytes,
            async (connection, _, message) =>
            {
                await TcpTestServer.SendAll(connection, message.AsMemory(0, MessageBytes / 2));
                connection.Shutdown(SocketShutdown.Send);
            }
        );
        var outcome = await Loads.RunUntilAllAreGone(Loads.Options(server.EndPoint, Clients));
        Assert.Equal((0, new LoadErrors { Closed = Clients }), (outcome.Requests, outcome.Errors));
        Assert.Equal(new Unfinished(Unanswered: 0, Lost: Clients, NotSent: 0), outcome.Unfinished);
    }

    [Fact]
    public async Task The_server_answers_too_little_and_says_no_more()
    {
        var answered = 0;
        using var server = TcpTestServer.Echo(
            MessageBytes,
            async (connection, _, message) =>
            {
                await TcpTestServer.SendAll(connection, message.AsMemory(0, MessageBytes / 2));
                Interlocked.Increment(ref answered);
            }
        );
        using var load = new C10k.LoadGen.LoadRun(Loads.Options(server.EndPoint, Clients));
        await load.Connect().WaitAsync(Patience.Limit);
        load.Begin();
        await Patience.Until("half replies", () => Volatile.Read(ref answered) == Clients, () => $"{answered}");
        var unfinished = await load.Settle(TimeSpan.FromMilliseconds(50)).WaitAsync(Patience.Limit);
        Assert.Equal(new Unfinished(Unanswered: Clients, Lost: 0, NotSent: 0), unfinished);
        load.Dispose();
        Assert.Equal(new LoadErrors(), load.AllErrors);
    }

    [Fact]
    public async Task The_server_resets_one_client_and_the_others_go_on()
    {
        var connections = 0;
        using var server = new TcpTestServer(async connection =>
        {
            var isFirst = Interlocked.Increment(ref connections) == 1;
            var message = new byte[MessageBytes];
            for (var left = 10; await TcpTestServer.ReceiveAll(connection, message); left -= isFirst ? 1 : 0)
            {
                if (left == 0)
                {
                    connection.LingerState = new LingerOption(enable: true, seconds: 0);
                    return;
                }
                await TcpTestServer.SendAll(connection, message);
            }
        });
        var outcome = await Loads.Run(Loads.Options(server.EndPoint, Clients), IsGoneOnWithout(1, served: Clients));
        Assert.Equal(new LoadErrors { Reset = 1 }, outcome.Errors);
        Assert.Equal(new Unfinished(Unanswered: 0, Lost: 1, NotSent: 0), outcome.Unfinished);
        Assert.Equal((Clients - 1, Clients), (outcome.Windows[^1].Alive, outcome.Windows[^1].Served));
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
        // No more than was sent so far, and yet no echo of it.
        Assert.Equal(new LoadErrors { Corrupt = 2 }, outcome.Errors);
    }

    [Fact]
    public async Task The_server_serves_a_few_and_turns_the_rest_away()
    {
        const int Few = 7;
        var connections = 0;
        using var server = new TcpTestServer(async connection =>
        {
            if (Interlocked.Increment(ref connections) > Few)
                connection.Shutdown(SocketShutdown.Send);
            var message = new byte[MessageBytes];
            while (await TcpTestServer.ReceiveAll(connection, message))
                await TcpTestServer.SendAll(connection, message);
        });
        var outcome = await Loads.Run(
            Loads.Options(server.EndPoint, Clients),
            IsGoneOnWithout(Clients - Few, served: Few)
        );
        Assert.Equal(new LoadErrors { Closed = Clients - Few }, outcome.Errors);
        var last = outcome.Windows[^1];
        Assert.Equal((Few, Few, Clients - Few), (last.Alive, last.Served, last.Unserved));
        Assert.Equal(0, outcome.Unanswered);
    }

    // The kernel establishes connections for it up to its backlog: they are connected, and nobody serves them.
    [Fact]
    public async Task The_server_accepts_a_few_and_leaves_the_rest_in_its_backlog()
    {
        const int Few = 7;
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(Clients);
        var serving = Task.WhenAll(Enumerable.Range(0, Few).Select(_ => EchoToOne(listener)));
        var options = Loads.Options((IPEndPoint)listener.LocalEndPoint!, Clients);
        using var load = new C10k.LoadGen.LoadRun(options);
        Assert.Equal(Clients, (await load.Connect().WaitAsync(Patience.Limit)).Connected);
        var windows = Loads.Measure(load, load.Begin);
        var last = (await Task.Run(() => windows.First(window => window.Report.Served == Few))).Report;
        var unfinished = await load.Settle(TimeSpan.FromSeconds(1)).WaitAsync(Patience.Limit);
        load.Dispose();
        await serving.WaitAsync(Patience.Limit);
        Assert.Equal((Clients, Clients - Few), (last.Alive, last.Unserved));
        Assert.Equal(new Unfinished(Unanswered: Clients - Few, Lost: 0, NotSent: 0), unfinished);
        Assert.Equal(new LoadErrors(), load.AllErrors);
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

    // So many have lost their connection, each of the others has had some more replies since, on average, and none was left out.
    private static Func<IReadOnlyList<LoadReport>, bool> IsGoneOnWithout(int lost, int served) =>
        windows =>
            windows[^1].Served >= served
            && windows.Where(window => window.Alive == Clients - lost).Skip(1).Sum(window => window.Requests)
                > 10 * Clients;

    private static async Task EchoToOne(Socket listener)
    {
        using var connection = await listener.AcceptAsync();
        var message = new byte[MessageBytes];
        try
        {
            while (await TcpTestServer.ReceiveAll(connection, message))
                await TcpTestServer.SendAll(connection, message);
        }
        catch (SocketException)
        {
            // The clients leave with a reset.
        }
    }

    // Without asking, so that it must be noticed by what the server does alone.
    private static async Task<LoadOutcome> RunWithoutAsking(IPEndPoint server)
    {
        using var load = new C10k.LoadGen.LoadRun(Loads.Options(server, Clients));
        var connected = await load.Connect().WaitAsync(Patience.Limit);
        var windows = Loads.Measure(load, () => { }).TakeWhile(window => window.Report.Alive > 0);
        await Task.Run(() => windows.Count());
        load.Dispose();
        return new LoadOutcome(connected, [], load.AllErrors);
    }
}
