using C10k.Contract;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.LoadGen;

/// <summary>Whole loads of every conversation.</summary>
public class ConversationLoadTests
{
    public static TheoryData<string> All => ["echo", "hello", "prefix", "sink", "bulk", "http"];

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_right_server_makes_no_errors(string conversation)
    {
        using var server = Loads.Speaking(conversation);
        var options = Loads.Options(server.EndPoint, clients: 10) with { Conversation = conversation };
        var outcome = await Loads.RunUntil(500, options);
        Assert.Equal((new LoadErrors(), 0), (outcome.Errors, outcome.Unanswered));
        Assert.Equal((10, 10, 10), (server.Accepted, outcome.Windows[^1].Alive, outcome.Connected.Connected));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Sizes_may_differ_and_several_requests_be_under_way(string conversation)
    {
        using var server = Loads.Speaking(conversation);
        var options = Loads.Options(server.EndPoint, clients: 4) with
        {
            Conversation = conversation,
            Sizes = MessageSizes.TryParse("1*5,100*3,60000*1")!,
            Pipeline = 7,
        };
        var outcome = await Loads.RunUntil(2_000, options);
        Assert.Equal((new LoadErrors(), 0), (outcome.Errors, outcome.Unanswered));
    }

    [Theory]
    [InlineData("hello", "good day")]
    [InlineData("prefix", "Echo> ")]
    [InlineData("sink", "thanks")]
    [InlineData("bulk", "no")]
    [InlineData("http", "HTTP/1.1 500 Internal Server Error\r\n\r\n")]
    public async Task A_server_that_says_something_else_is_found_out(string conversation, string reply)
    {
        using var server = new TcpTestServer(async connection =>
        {
            await TcpTestServer.ReceiveAll(connection, new byte[3]);
            await TcpTestServer.SendAll(connection, System.Text.Encoding.ASCII.GetBytes(reply));
            await TcpTestServer.Ignore(connection);
        });
        var options = Loads.Options(server.EndPoint, clients: 3) with { Conversation = conversation };
        var outcome = await Loads.RunUntilAllAreGone(options);
        // A sink's client asks for no reply at all.
        var errors = conversation == "sink" ? new LoadErrors { Excess = 3 } : new LoadErrors { Corrupt = 3 };
        Assert.Equal(errors, outcome.Errors);
    }

    [Fact]
    public async Task A_server_that_announces_the_end_of_the_connection_is_connected_to_again()
    {
        using var server = new TcpTestServer(async connection =>
        {
            var request = new byte[4096];
            for (var left = 5; left > 0 && await connection.ReceiveAsync(request) > 0; left--)
            {
                var field = left == 1 ? "Connection: close\r\n" : "";
                var reply = $"HTTP/1.1 200 OK\r\n{field}Content-Length: 2\r\n\r\nhi";
                await TcpTestServer.SendAll(connection, System.Text.Encoding.ASCII.GetBytes(reply));
            }
        });
        var options = Loads.Options(server.EndPoint, clients: 2) with { Conversation = "http" };
        var outcome = await Loads.RunUntil(100, options);
        Assert.Equal(new LoadErrors(), outcome.Errors);
        Assert.InRange(server.Accepted, 20, int.MaxValue);
        Assert.Equal(2, outcome.Windows[^1].Served);
    }

    [Fact]
    public async Task A_sink_takes_from_everybody()
    {
        using var server = Loads.Speaking("sink");
        var options = Loads.Options(server.EndPoint, clients: 20, size: 10_000) with { Conversation = "sink" };
        var outcome = await Loads.RunUntil(5_000, options);
        Assert.Equal(20, outcome.Windows[^1].Served);
    }
}
