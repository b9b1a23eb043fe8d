using System.Net;
using System.Text;
using C10k.LoadGen.Sides;
using Xunit;

namespace C10k.Tests.LoadGen.Sides;

public class HttpSideTests
{
    private const string Good = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nDate: today\r\n\r\nhello";

    private readonly HttpSide _side = new(new IPEndPoint(IPAddress.Loopback, 8080));

    [Fact]
    public void The_request_is_a_GET_with_a_host()
    {
        var request = new byte[_side.RequestLength(default)];
        _side.Write(default, 0, request);
        Assert.Equal("GET / HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n", Encoding.ASCII.GetString(request));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nDate: tomorrow\r\n\r\nhello", nameof(ReplyState.Complete))]
    [InlineData("HTTP/1.1 200 OK\r\ncontent-length:5\r\n\r\nhello", nameof(ReplyState.Complete))]
    [InlineData(
        "HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 5\r\n\r\nhello",
        nameof(ReplyState.CompleteAndLast)
    )]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello", nameof(ReplyState.CompleteAndLast))]
    [InlineData(
        "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 5\r\n\r\nhello",
        nameof(ReplyState.Complete)
    )]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhellO", nameof(ReplyState.Wrong))]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhell", nameof(ReplyState.Wrong))]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello!", nameof(ReplyState.Wrong))]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello", nameof(ReplyState.Wrong))]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5x\r\n\r\nhello", nameof(ReplyState.Wrong))]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello", nameof(ReplyState.Wrong))]
    [InlineData(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        nameof(ReplyState.Wrong)
    )]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 5\r\n\r\nhello", nameof(ReplyState.Wrong))]
    [InlineData("SSH-2.0-OpenSSH\r\n\r\n", nameof(ReplyState.Wrong))]
    public void After_the_first_reply_others_must_have_the_same_content(string reply, string expected)
    {
        Assert.Equal(ReplyState.Complete, Take(Good));
        Assert.Equal(expected, $"{Take(reply)}");
        Assert.Equal(ReplyState.Complete, Take(Good));
    }

    [Fact]
    public void Several_clients_may_learn_the_content_at_the_same_time()
    {
        var (one, other) = (new C10k.LoadGen.Clients.Client(), new C10k.LoadGen.Clients.Client());
        Assert.Equal(ReplyState.Begun, Take(ref one, 1, Good[..^3]));
        Assert.Equal(ReplyState.Begun, Take(ref other, 2, Good[..^4]));
        Assert.Equal(ReplyState.Complete, Take(ref one, 1, Good[^3..]));
        Assert.Equal(ReplyState.Wrong, Take(ref other, 2, "elLo"));
    }

    [Fact]
    public void A_head_without_end_is_no_head()
    {
        var client = new C10k.LoadGen.Clients.Client();
        var state = Take(ref client, 1, "HTTP/1.1 200 OK\r\n");
        for (var i = 0; i < 20 && state == ReplyState.Begun; i++)
            state = Take(ref client, 1, new string('x', 1024));
        Assert.Equal(ReplyState.Wrong, state);
    }

    [Fact]
    public void A_client_that_lost_its_connection_begins_anew()
    {
        var client = new C10k.LoadGen.Clients.Client();
        Assert.Equal(ReplyState.Begun, Take(ref client, 1, "HTTP/1.1 5"));
        _side.Forget(1);
        client = new C10k.LoadGen.Clients.Client();
        Assert.Equal(ReplyState.Begun, Take(ref client, 1, Good[..10]));
        Assert.Equal(ReplyState.Complete, Take(ref client, 1, Good[10..]));
    }

    [Fact]
    public void A_reply_without_content_is_one()
    {
        Assert.Equal(ReplyState.Complete, Take("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        Assert.Equal(ReplyState.Complete, Take("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
    }

    private ReplyState Take(string reply)
    {
        var client = new C10k.LoadGen.Clients.Client();
        return Take(ref client, 1, reply);
    }

    private ReplyState Take(ref C10k.LoadGen.Clients.Client client, int connection, string bytes) =>
        _side.Take(ref client, new MessageId(connection, 1, false), Encoding.ASCII.GetBytes(bytes), out _);
}
