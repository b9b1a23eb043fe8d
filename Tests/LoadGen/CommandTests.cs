using System.Collections.Concurrent;
using System.Text;
using C10k.LoadGen;
using C10k.Tests.Servers;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.LoadGen;

/// <summary>Clients whose messages carry commands, and clients that differ from the others in other ways.</summary>
public class CommandTests
{
    private const int MessageBytes = 64;
    private const string Front = "!c10k cpu=50ms;";

    [Fact]
    public async Task Commanders_command_with_every_message_and_are_not_counted()
    {
        var (commands, others) = (0, 0);
        using var server = new TcpTestServer(async connection =>
        {
            var buffer = new byte[4096];
            while (await connection.ReceiveAsync(buffer) is > 0 and var count)
            {
                if (Encoding.ASCII.GetString(buffer, 0, count).StartsWith(Front, StringComparison.Ordinal))
                    Interlocked.Increment(ref commands);
                else
                    Interlocked.Increment(ref others);
                await TcpTestServer.SendAll(connection, buffer.AsMemory(0, count));
            }
        });
        var options = Loads.Options(server.EndPoint, clients: 20) with { Command = "cpu=50ms", Commanders = 2 };
        var outcome = await Loads.RunUntil(500, options, served: 18);
        Assert.Equal(0, outcome.Errors.Total);
        Assert.InRange(commands, 2, int.MaxValue);
        Assert.InRange(outcome.Requests, 1, others);
        Assert.Equal(20, outcome.Windows[^1].Alive);
    }

    [Fact]
    public async Task A_command_that_is_asked_for_once_is_given_once()
    {
        var commanded = new ConcurrentBag<int>();
        using var server = new TcpTestServer(async connection =>
        {
            var buffer = new byte[4096];
            while (await connection.ReceiveAsync(buffer) is > 0 and var count)
            {
                if (
                    buffer[0] == '!'
                    && Encoding.ASCII.GetString(buffer, 0, count).StartsWith("!c10k die;", StringComparison.Ordinal)
                )
                    commanded.Add(count);
                await TcpTestServer.SendAll(connection, buffer.AsMemory(0, count));
            }
        });
        using var load = new LoadRun(Loads.Options(server.EndPoint, clients: 6) with { Command = "die" });
        await load.Connect().WaitAsync(Patience.Limit);
        load.Begin();
        await Task.Run(() => load.Measure(1, TimeSpan.FromMilliseconds(50), () => { }).ToList());
        Assert.Empty(commanded);
        load.Command();
        await Patience.Until("the command came", () => !commanded.IsEmpty, () => "none did");
        // A second one would come while the load goes on.
        await Task.Run(() => load.Measure(1, TimeSpan.FromMilliseconds(100), () => { }).ToList());
        Assert.Equal([MessageBytes + "!c10k die;".Length], commanded);
        await load.Settle(Patience.Limit).WaitAsync(2 * Patience.Limit);
        load.Dispose();
        Assert.Equal(0, load.AllErrors.Total);
    }

    [Fact]
    public async Task Some_read_slowly_and_the_others_as_fast_as_it_comes()
    {
        using var server = Loads.Speaking("bulk");
        var options = Loads.Options(server.EndPoint, clients: 10, size: 200_000) with
        {
            Conversation = "bulk",
            ReadRate = 10_000,
            SlowReaders = 5,
        };
        // At their rate, a slow reader's first reply would take twenty seconds.
        var outcome = await Loads.RunUntil(100, options, served: 5, settle: TimeSpan.FromSeconds(1));
        Assert.Equal(0, outcome.Errors.Total);
        Assert.Equal(5, outcome.Windows[^1].Served);
    }

    [Fact]
    public async Task All_connects_can_begin_at_once()
    {
        using var server = TcpTestServer.Echo(MessageBytes);
        var options = Loads.Options(server.EndPoint, clients: 600) with { ConnectAtOnce = true };
        var outcome = await Loads.RunUntil(600, options);
        Assert.Equal((600, 0), (outcome.Connected.Connected, outcome.Errors.Total));
    }
}
