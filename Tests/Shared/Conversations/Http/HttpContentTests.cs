using Xunit;

namespace C10k.Tests.Shared.Conversations.Http;

/// <summary>
/// Where a request ends. Behind each stands another one, whose answer shows that the end was found; a framing that is in doubt is
/// refused, since two servers that see different ends can be played off against each other.
/// </summary>
public sealed class HttpContentTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: x\r\n";
    private const string Next = "BREW / HTTP/1.1\r\nHost: x\r\n\r\n";

    [Theory]
    [InlineData("Content-Length: 3\r\n\r\nabc")]
    [InlineData("Content-Length: 000003\r\n\r\n\r\n\r")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("transfer-encoding: CHUNKED\r\n\r\n3\r\nabc\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: , chunked ,\r\n\r\n3\r\nabc\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n00A\r\n0123456789\r\n1\r\n\n\r\n000\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n1;a=b;c=\"d\" \r\nx\r\n0 ;e\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nTrailer: a\r\nOther:b\r\n\r\n")]
    public void Content_is_dropped_up_to_its_end(string rest) =>
        Assert.All(
            Talk.Cuts(Get + rest + Next),
            pieces =>
            {
                var talk = Talk.With("http", pieces);
                Assert.Equal([200, 501], HttpReply.ReadAll(talk.RepliedText).Select(reply => reply.Status));
                Assert.False(talk.IsClosed);
            }
        );

    [Theory]
    [InlineData("Content-Length:\r\n\r\n", 400)]
    [InlineData("Content-Length: +1\r\n\r\n", 400)]
    [InlineData("Content-Length: -1\r\n\r\n", 400)]
    [InlineData("Content-Length: 1 1\r\n\r\n", 400)]
    [InlineData("Content-Length: 0x1\r\n\r\n", 400)]
    [InlineData("Content-Length: 1, 1\r\n\r\n", 400)]
    [InlineData("Content-Length: 1\r\nContent-Length: 1\r\n\r\n", 400)]
    [InlineData("Content-Length: 0\r\nContent-Length: 0\r\n\r\n", 400)]
    [InlineData("Content-Length: 1\r\nContent-Length: 2\r\n\r\n", 400)]
    [InlineData("Content-Length: 16777217\r\n\r\n", 413)]
    [InlineData("Content-Length: 99999999999999999999\r\n\r\n", 413)]
    [InlineData("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400)]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n", 400)]
    [InlineData("Transfer-Encoding:\r\n\r\n", 400)]
    [InlineData("Transfer-Encoding: identity\r\n\r\n", 400)]
    [InlineData("Transfer-Encoding: gzip\r\n\r\n", 400)]
    [InlineData("Transfer-Encoding: chunked, gzip\r\n\r\n", 400)]
    [InlineData("Transfer-Encoding: chunked, chunked\r\n\r\n", 400)]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", 400)]
    [InlineData("Transfer-Encoding: chunked;a\r\n\r\n", 400)]
    [InlineData("Transfer-Encoding: xchunked\r\n\r\n", 400)]
    [InlineData("Transfer-Encoding: gzip, chunked\r\n\r\n", 501)]
    [InlineData("Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n", 501)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n\r\n", 400)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nx\r\n", 400)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n-1\r\n", 400)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n 1\r\n", 400)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n0x1\r\n", 400)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n1 \r\n", 400)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n1\n", 400)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n1;\u0000\r\n", 400)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n1000001\r\n", 413)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nfffffffffffffff\r\n", 413)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n", 400)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n10000000000000000\r\n", 400)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n", 400)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n1\r\na\n", 400)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n0\r\nno field\r\n\r\n", 400)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n0\r\n\n", 400)]
    public void A_framing_in_doubt_is_refused_and_the_connection_closed(string rest, int status) =>
        Assert.All(
            Talk.Cuts(Get + rest + Next),
            pieces =>
            {
                var talk = Talk.With("http", pieces);
                var reply = Assert.Single(HttpReply.ReadAll(talk.RepliedText));
                Assert.Equal((status, "close"), (reply.Status, reply.Connection));
                Assert.True(talk.IsClosed);
            }
        );

    // RFC 9112 §6.1: such a message was framed by somebody who did not know what he did.
    [Fact]
    public void An_old_client_cannot_send_chunks()
    {
        var talk = Talk.With("http", "GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        Assert.Equal(400, Assert.Single(HttpReply.ReadAll(talk.RepliedText)).Status);
    }

    [Theory]
    [InlineData("Content-Length: 4\r\n\r\n", "body")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n", "0\r\n\r\n")]
    public void A_client_that_asks_first_is_told_to_send_its_content(string rest, string content)
    {
        var talk = Talk.With("http", $"{Get}Expect: 100-continue\r\n{rest}");
        Assert.Equal("HTTP/1.1 100 Continue\r\n\r\n", talk.RepliedText);
        talk.Say(content[..1]).Say(content[1..]).Say($"{Get}Expect: 100-continue\r\n{rest}");
        Assert.Equal([100, 200, 100], HttpReply.ReadAll(talk.RepliedText).Select(reply => reply.Status));
    }

    [Theory]
    [InlineData("b")]
    [InlineData("body")]
    public void A_client_that_does_not_wait_for_the_answer_is_told_nothing(string content)
    {
        var talk = Talk.With("http", $"{Get}Expect: 100-continue\r\nContent-Length: 4\r\n\r\n{content}");
        talk.Say("body"[content.Length..] + Next);
        Assert.Equal([200, 501], HttpReply.ReadAll(talk.RepliedText).Select(reply => reply.Status));
    }

    [Theory]
    [InlineData("POST", 405)]
    [InlineData("BREW", 501)]
    public void A_client_that_asks_in_vain_is_told_so_before_it_sends(string method, int status)
    {
        var talk = Talk.With(
            "http",
            $"{method} / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n"
        );
        Assert.Equal(status, Assert.Single(HttpReply.ReadAll(talk.RepliedText)).Status);
        Assert.True(talk.IsClosed);
    }

    [Fact]
    public void Large_content_is_dropped_as_it_comes()
    {
        var talk = Talk.With("http", $"{Get}Content-Length: {16 << 20}\r\n\r\n");
        for (var mebibyte = 0; mebibyte < 16; mebibyte++)
            talk.Say(new string('x', 1 << 20));
        talk.Say(Next);
        Assert.Equal([200, 501], HttpReply.ReadAll(talk.RepliedText).Select(reply => reply.Status));
    }

    // Each chunk of one byte costs six.
    [Theory]
    [InlineData(1 << 20, 200)]
    [InlineData(4 << 20, 413)]
    public void Chunks_are_bounded_with_all_that_belongs_to_them(int chunks, int status)
    {
        var talk = Talk.With("http", $"{Get}Transfer-Encoding: chunked\r\n\r\n");
        var some = string.Concat(Enumerable.Repeat("1\r\nx\r\n", 1 << 10));
        for (var i = 0; i < chunks >> 10; i++)
            talk.Say(some);
        talk.Say("0\r\n\r\n");
        Assert.Equal(status, Assert.Single(HttpReply.ReadAll(talk.RepliedText)).Status);
    }
}
