using System.Net;
using System.Net.Sockets;
using C10k.Contract;
using C10k.LoadGen;
using C10k.LoadGen.Clients;
using C10k.Tests.Servers;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.LoadGen;

/// <summary>How clients live: how many of them ask, how often they take a new connection, how fast they come, how slowly they read.</summary>
public class LivesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_client_takes_a_new_connection_after_so_many_requests(int requests)
    {
        var onConnections = new System.Collections.Concurrent.ConcurrentBag<int>();
        using var server = new TcpTestServer(async connection =>
        {
            var message = new byte[64];
            var count = 0;
            while (await TcpTestServer.ReceiveAll(connection, message))
            {
                count++;
                await TcpTestServer.SendAll(connection, message);
            }
            onConnections.Add(count);
        });
        var outcome = await Loads.RunUntil(
            300,
            Loads.Options(server.EndPoint, clients: 5) with
            {
                RequestsPerConnection = requests,
            }
        );
        Assert.Equal(new LoadErrors(), outcome.Errors);
        Assert.Equal((5, 5), (outcome.Connected.Connected, outcome.Windows[^1].Served));
        Assert.All(onConnections.Where(count => count > 0), count => Assert.InRange(count, 1, requests));
        var connections = outcome.Windows.Sum(window => window.Connections);
        Assert.InRange(connections, outcome.Requests / requests - 10, outcome.Requests / requests + 10);
        Assert.True(outcome.Windows.Max(window => window.ConnectUs.P50) > 0);
    }

    [Fact]
    public async Task A_server_that_serves_one_request_a_connection_is_served_so()
    {
        using var server = new TcpTestServer(async connection =>
        {
            var message = new byte[64];
            if (await TcpTestServer.ReceiveAll(connection, message))
                await TcpTestServer.SendAll(connection, message);
        });
        var options = Loads.Options(server.EndPoint, clients: 5) with { RequestsPerConnection = 1 };
        Assert.Equal(new LoadErrors(), (await Loads.RunUntil(200, options)).Errors);
    }

    [Fact]
    public async Task Whoever_takes_new_connections_survives_the_loss_of_one()
    {
        using var server = new TcpTestServer(connection => TcpTestServer.ReceiveAll(connection, new byte[64]));
        var options = Loads.Options(server.EndPoint, clients: 2) with { RequestsPerConnection = 10 };
        var outcome = await Loads.Run(options, windows => windows.Sum(window => window.Errors.Closed) >= 6);
        Assert.Equal(0, outcome.Requests);
        Assert.Equal(outcome.Errors.Total, outcome.Errors.Closed);
    }

    [Fact]
    public async Task At_first_everybody_has_one_try()
    {
        using var full = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        full.Listen(0);
        var options = Loads.Options((IPEndPoint)full.LocalEndPoint!, clients: 10) with
        {
            RequestsPerConnection = 1,
            ConnectTimeout = TimeSpan.FromMilliseconds(500),
        };
        using var load = new LoadRun(options);
        var connected = await load.Connect().WaitAsync(Patience.Limit);
        Assert.Equal(10, connected.Connected + connected.Errors.Total);
        Assert.Equal(connected.Errors.Total, connected.Errnos["ETIMEDOUT"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(20)]
    public async Task Only_active_clients_ask(int active)
    {
        using var server = TcpTestServer.Echo(64);
        var options = Loads.Options(server.EndPoint, clients: 20) with { Active = active };
        var outcome = await Loads.RunUntil(200 * active, options, fairness: 0.5);
        var last = outcome.Windows[^1];
        Assert.Equal((20, 20, active, active, 0), (last.Clients, last.Alive, last.Active, last.Served, last.Unserved));
        Assert.InRange(last.Fairness, 0.5, 1);
    }

    [Fact]
    public void Active_clients_are_spread_among_the_others()
    {
        var options = new LoadOptions(new IPEndPoint(IPAddress.Loopback, 1), 10_000) { Active = 100 };
        var active = Enumerable.Range(0, 10_000).Where(options.IsActive).ToList();
        Assert.Equal(100, active.Count);
        Assert.All(active.Zip(active.Skip(1)), pair => Assert.Equal(100, pair.Second - pair.First));
        Assert.Equal(Enumerable.Range(0, 100), active.Select(options.ActiveBefore));
    }

    [Fact]
    public async Task A_pipeline_has_so_many_requests_under_way_and_no_more()
    {
        var received = 0;
        using var server = new TcpTestServer(async connection =>
        {
            var request = new byte[64];
            while (await TcpTestServer.ReceiveAll(connection, request))
                Interlocked.Increment(ref received);
        });
        var options = Loads.Options(server.EndPoint, clients: 1) with { Pipeline = 5 };
        using var load = new LoadRun(options);
        await load.Connect().WaitAsync(Patience.Limit);
        load.Begin();
        await Patience.Until("the pipeline is full", () => Volatile.Read(ref received) >= 5, () => $"{received}");
        // What is under way now was sent before; a sixth would be among them.
        Assert.Equal(5, (await load.Settle(TimeSpan.Zero).WaitAsync(Patience.Limit)).Unanswered);
    }

    [Fact]
    public async Task A_pipeline_stays_full_and_loses_nothing()
    {
        using var server = new TcpTestServer(async connection =>
        {
            var messages = new byte[5 * 64];
            await TcpTestServer.ReceiveAll(connection, messages);
            await TcpTestServer.SendAll(connection, messages);
            while (await TcpTestServer.ReceiveAll(connection, messages.AsMemory(0, 64)))
                await TcpTestServer.SendAll(connection, messages.AsMemory(0, 64));
        });
        var outcome = await Loads.RunUntil(200, Loads.Options(server.EndPoint, clients: 1) with { Pipeline = 5 });
        Assert.Equal((new LoadErrors(), 0), (outcome.Errors, outcome.Unanswered));
    }

    [Fact]
    public async Task Replies_in_the_wrong_order_are_corrupt()
    {
        using var server = new TcpTestServer(async connection =>
        {
            var messages = new byte[2 * 64];
            await TcpTestServer.ReceiveAll(connection, messages);
            await TcpTestServer.SendAll(connection, messages.AsMemory(64));
            await TcpTestServer.SendAll(connection, messages.AsMemory(0, 64));
            await TcpTestServer.Ignore(connection);
        });
        var options = Loads.Options(server.EndPoint, clients: 3) with { Pipeline = 2 };
        Assert.Equal(new LoadErrors { Corrupt = 3 }, (await Loads.RunUntilAllAreGone(options)).Errors);
    }

    [Fact]
    public async Task Slow_readers_are_slow_and_lose_nothing()
    {
        const int Size = 400_000;
        using var server = Loads.Speaking("bulk");
        var options = Loads.Options(server.EndPoint, clients: 2) with
        {
            Conversation = "bulk",
            Sizes = MessageSizes.Fixed(Size),
            ReadRate = 1_000_000,
        };
        var outcome = await Loads.RunUntil(4, options);
        Assert.Equal((new LoadErrors(), 0), (outcome.Errors, outcome.Unanswered));
        // 0.4 s each: without the limit it would be a few milliseconds.
        var fastest = outcome.Windows.Where(window => window.Requests > 0).Min(window => window.LatencyUs.P50);
        Assert.InRange(fastest, 200_000, double.MaxValue);
    }

    [Fact]
    public async Task A_slow_reader_sees_the_end_of_the_connection()
    {
        using var server = new TcpTestServer(async connection =>
        {
            var message = new byte[64];
            await TcpTestServer.ReceiveAll(connection, message);
            await TcpTestServer.SendAll(connection, message);
            connection.Shutdown(SocketShutdown.Send);
            await TcpTestServer.Ignore(connection);
        });
        var outcome = await Loads.RunUntilAllAreGone(
            Loads.Options(server.EndPoint, clients: 3) with
            {
                ReadRate = 1_000,
            }
        );
        Assert.Equal((3, new LoadErrors { Closed = 3 }), (outcome.Requests, outcome.Errors));
    }

    [Fact]
    public async Task Connects_come_at_the_rate_that_was_asked_for()
    {
        using var server = TcpTestServer.Echo(64);
        var options = Loads.Options(server.EndPoint, clients: 100) with { ConnectRate = 250 };
        using var load = new LoadRun(options);
        var connected = await load.Connect().WaitAsync(Patience.Limit);
        // Two threads, fifty connects each, 8 ms apart.
        Assert.Equal(100, connected.Connected);
        Assert.InRange(connected.ConnectSeconds, 0.39, Patience.Limit.TotalSeconds);
    }

    [Theory]
    [InlineData("127.0.0.1", 10_000, false, 28_232, 0)]
    [InlineData("127.0.0.1", 20_000, false, 28_232, 2)]
    [InlineData("127.0.0.5", 100_000, false, 28_232, 6)]
    [InlineData("127.0.0.1", 10, true, 28_232, 8)]
    [InlineData("127.0.0.1", 1_000_000, false, 2, 250)]
    [InlineData("192.0.2.1", 100_000, true, 28_232, 0)]
    public void There_are_as_many_source_addresses_as_it_takes(
        string target,
        int clients,
        bool renewed,
        int ports,
        int count
    )
    {
        var sources = new SourceAddresses(IPAddress.Parse(target), clients, renewed, ports);
        Assert.Equal(count, sources.Count);
        var used = Enumerable.Range(0, 1000).Select(number => sources.Of(number)).Distinct().ToList();
        Assert.Equal(Math.Max(1, count), used.Count);
    }
}
