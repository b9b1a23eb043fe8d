using C10k.Contract;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.LoadGen;

/// <summary>Servers that are odd but right: nothing of it is an error.</summary>
public class HonestServerTests
{
    private static readonly LoadErrors None = new();

    [Fact]
    public async Task The_server_answers_in_single_bytes()
    {
        using var server = TcpTestServer.Echo(
            64,
            async (connection, _, message) =>
            {
                foreach (var single in message)
                    await TcpTestServer.SendAll(connection, new[] { single });
            }
        );
        var outcome = await Loads.RunUntil(30, Loads.Options(server.EndPoint, clients: 3));
        Assert.Equal(None, outcome.Errors);
    }

    [Fact]
    public async Task The_server_sends_back_each_piece_as_it_comes()
    {
        using var server = TcpTestServer.Echo(1);
        var outcome = await Loads.RunUntil(20, Loads.Options(server.EndPoint, clients: 2, size: 100));
        Assert.Equal(None, outcome.Errors);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(1 << 20)]
    public async Task Messages_may_be_short_or_long(int size)
    {
        using var server = TcpTestServer.Echo(Math.Min(size, 4096));
        var exact = size % Math.Min(size, 4096) == 0 ? size : size - size % 4096 + 4096;
        var outcome = await Loads.RunUntil(6, Loads.Options(server.EndPoint, clients: 2, size: exact));
        Assert.Equal(None, outcome.Errors);
        Assert.Equal(2, outcome.Windows[^1].Served);
    }

    [Fact]
    public async Task The_server_is_slow()
    {
        using var server = TcpTestServer.Echo(
            64,
            async (connection, _, message) =>
            {
                await Task.Delay(10);
                await TcpTestServer.SendAll(connection, message);
            }
        );
        var outcome = await Loads.RunUntil(20, Loads.Options(server.EndPoint, clients: 4));
        Assert.Equal(None, outcome.Errors);
        Assert.InRange(
            outcome.Windows.Where(window => window.Requests > 0).Min(window => window.LatencyUs.P50),
            5_000,
            double.MaxValue
        );
    }

    [Fact]
    public async Task The_server_serves_one_client_only()
    {
        var served = 0;
        using var server = new TcpTestServer(async connection =>
        {
            var isFirst = Interlocked.Increment(ref served) == 1;
            var message = new byte[64];
            while (isFirst && await TcpTestServer.ReceiveAll(connection, message))
                await TcpTestServer.SendAll(connection, message);
            await TcpTestServer.Ignore(connection);
        });
        var outcome = await Loads.RunUntil(
            50,
            Loads.Options(server.EndPoint, clients: 10),
            served: 1,
            settle: TimeSpan.FromSeconds(1)
        );
        var last = outcome.Windows[^1];
        Assert.Equal((10, 1), (last.Alive, last.Served));
        Assert.Equal(0.1, last.Fairness, 1e-9);
        Assert.Equal(None, outcome.Errors);
    }
}
