using System.Globalization;
using Xunit;

namespace C10k.Tests.Shared.Conversations.Http;

/// <summary>Which requests are answered how. Each is cut at every byte, and must be answered alike.</summary>
public sealed class HttpRequestTests
{
    private const string Page = "Hello, world!\n";

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost:\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nhost:127.0.0.1:5000 \t\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n")]
    [InlineData("GET / HTTP/1.9\r\nHost: x\r\n\r\n")]
    [InlineData("GET /a/b?c=d&e=%20;f HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET http://x/ HTTP/1.1\r\nHost: y\r\n\r\n")]
    [InlineData("GET HTTP://x:80?q HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET https://[::1] HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nX-Empty:\r\nX-\u00e9-less: \u00e9\t\u00ff\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nX-Empty:\r\nX: \u00e9\t\u00ff\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nUpgrade: h2c\r\nTE: trailers\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nExpect: 100-Continue\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nGET /")]
    [InlineData("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n\r\n", 405)]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", 405)]
    [InlineData("CONNECT x:443 HTTP/1.1\r\nHost: x:443\r\n\r\n", 405)]
    [InlineData("DELETE / HTTP/1.1\r\nHost: x\r\n\r\n", 405)]
    [InlineData("PATCH / HTTP/1.1\r\nHost: x\r\n\r\n", 405)]
    [InlineData("get / HTTP/1.1\r\nHost: x\r\n\r\n", 501)]
    [InlineData("BREW / HTTP/1.1\r\nHost: x\r\n\r\n", 501)]
    public void A_request_is_answered_and_the_connection_stays_open(string request, int status = 200)
    {
        if (status == 400)
        {
            ClosesWith(request, status);
            return;
        }
        Assert.All(
            Talk.Cuts(request),
            pieces =>
            {
                var talk = Talk.With("http", pieces);
                var reply = Assert.Single(HttpReply.ReadAll(talk.RepliedText));
                Assert.Equal(status, reply.Status);
                Assert.Equal("", reply.Connection);
                Assert.False(talk.IsClosed);
            }
        );
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 200)]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nConnection: TE, , Close,keep-alive\r\n\r\n", 200)]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nConnection: TE\r\nConnection: close\r\n\r\n", 200)]
    [InlineData("GET / HTTP/1.0\r\n\r\n", 200)]
    [InlineData("GET / HTTP/1.0\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\na", 200)]
    [InlineData("GET / HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n", 200)]
    [InlineData("BREW / HTTP/1.0\r\n\r\n", 501)]
    [InlineData("DELETE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 405)]
    public void A_request_that_is_to_be_the_last_is_answered_and_the_connection_closed(string request, int status)
    {
        var reply = ClosesWith(request, status);
        Assert.Equal(status == 200 ? Page : $"{status} {reply.Reason}\n", reply.Content);
    }

    [Theory]
    // The request line
    [InlineData("nonsense\r\n", 400)]
    [InlineData("GET /\r\n", 400)]
    [InlineData("GET / HTTP/1.1 \r\n", 400)]
    [InlineData("GET  / HTTP/1.1\r\n", 400)]
    [InlineData("GET / x HTTP/1.1\r\n", 400)]
    [InlineData(" GET / HTTP/1.1\r\n", 400)]
    [InlineData("GET /\t HTTP/1.1\r\n", 400)]
    [InlineData("G(T / HTTP/1.1\r\n", 400)]
    [InlineData("GET x HTTP/1.1\r\n", 400)]
    [InlineData("GET * HTTP/1.1\r\n", 400)]
    [InlineData("GET x:80 HTTP/1.1\r\n", 400)]
    [InlineData("CONNECT / HTTP/1.1\r\n", 400)]
    [InlineData("GET /\u00e9 HTTP/1.1\r\n", 400)]
    [InlineData("GET /\u0001 HTTP/1.1\r\n", 400)]
    [InlineData("GET http:// HTTP/1.1\r\n", 400)]
    [InlineData("GET http://:80/ HTTP/1.1\r\n", 400)]
    [InlineData("GET http://a@b/ HTTP/1.1\r\n", 400)]
    [InlineData("GET ftp://x/ HTTP/1.1\r\n", 400)]
    [InlineData("GET / http/1.1\r\n", 400)]
    [InlineData("GET / HTTP/1.10\r\n", 400)]
    [InlineData("GET / HTTP/11\r\n", 400)]
    [InlineData("GET / HTTP/1,1\r\n", 400)]
    [InlineData("GET / HTTP/2.0\r\n", 505)]
    [InlineData("GET / HTTP/0.9\r\n", 505)]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505)]
    [InlineData("\u0016\u0003\u0001", 400)]
    [InlineData("\n", 400)]
    [InlineData("GET / HTTP/1.1\nHost: x\n\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: x\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n\n", 400)]
    [InlineData("GET / HTTP/1.1\rHost: x\r\n\r\n", 400)]
    // The field lines
    [InlineData("GET / HTTP/1.1\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.0\r\nHost: x\r\nHost: y\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: a@b\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: a:b\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: a:1:2\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: [::1\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: []\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: [::1]x\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nX: a\r\n b\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\n Host: x\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost : x\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n: no name\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nX\u0000: a\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nX: a\u0000b\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nX: a\rb\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nX: a\u007f\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nExpect: tea\r\n\r\n", 417)]
    public void A_request_that_breaks_a_rule_is_refused_and_the_connection_closed(string request, int status) =>
        ClosesWith(request, status);

    [Fact]
    public void An_old_client_that_wants_to_keep_the_connection_is_told_that_it_may()
    {
        var talk = Talk.With("http", "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n");
        Assert.Equal("keep-alive", Assert.Single(HttpReply.ReadAll(talk.RepliedText)).Connection);
        Assert.False(talk.IsClosed);
    }

    [Fact]
    public void Head_gets_the_fields_of_get_without_the_content()
    {
        var head = Assert.Single(HttpReply.ReadAll(ReplyTo("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n"), toHead: true));
        var get = Assert.Single(HttpReply.ReadAll(ReplyTo("GET / HTTP/1.1\r\nHost: x\r\n\r\n")));
        Assert.Equal(Undated(get), Undated(head));
        Assert.Equal(Page, get.Content);
        Assert.Equal("text/plain", get.Fields["Content-Type"]);
    }

    [Fact]
    public void A_refused_head_gets_no_content_either()
    {
        var refused = Assert.Single(HttpReply.ReadAll(ReplyTo("HEAD / HTTP/1.1\r\n\r\n"), toHead: true));
        Assert.Equal(400, refused.Status);
    }

    [Fact]
    public void A_method_that_is_not_allowed_is_answered_with_those_that_are() =>
        Assert.Equal(
            "GET, HEAD",
            Assert.Single(HttpReply.ReadAll(ReplyTo("PUT / HTTP/1.1\r\nHost: x\r\n\r\n"))).Fields["Allow"]
        );

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("PUT / HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("nonsense\r\n")]
    public void Every_response_carries_the_date_of_now(string request)
    {
        var before = DateTime.UtcNow.AddSeconds(-2);
        var date = Assert.Single(HttpReply.ReadAll(ReplyTo(request))).Fields["Date"];
        var parsed = DateTime.ParseExact(
            date,
            "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal
        );
        Assert.InRange(parsed, before, DateTime.UtcNow);
    }

    [Fact]
    public void Pipelined_requests_are_answered_in_order_up_to_the_last_that_counts()
    {
        var talk = Talk.With(
            "http",
            "GET / HTTP/1.1\r\nHost: x\r\n\r\n"
                + "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"
                + "\r\nGET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                + "GET / HTTP/1.1\r\nHost: x\r\n\r\n"
        );
        Assert.Equal([200, 405, 200], HttpReply.ReadAll(talk.RepliedText).Select(reply => reply.Status));
        Assert.True(talk.IsClosed);
    }

    [Fact]
    public void A_refusal_comes_behind_the_answers_to_those_before()
    {
        var talk = Talk.With("http", "GET / HTTP/1.1\r\nHost: x\r\n\r\nnonsense\r\n");
        Assert.Equal([200, 400], HttpReply.ReadAll(talk.RepliedText).Select(reply => reply.Status));
        Assert.True(talk.IsClosed);
    }

    [Fact]
    public void Nothing_of_one_request_is_left_in_the_next()
    {
        var talk = Talk.With(
            "http",
            "GET / HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: 1\r\n\r\na",
            "GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "HEAD / HTTP/1.1\r\nHost: x\r\n\r\n"
        );
        Assert.False(talk.IsClosed);
        talk.Say("GET / HTTP/1.1\r\n\r\n");
        Assert.True(talk.IsClosed);
    }

    private static HttpReply ClosesWith(string request, int status)
    {
        HttpReply? last = null;
        Assert.All(
            Talk.Cuts(request),
            pieces =>
            {
                var talk = Talk.With("http", pieces);
                last = Assert.Single(HttpReply.ReadAll(talk.RepliedText));
                Assert.Equal(status, last.Status);
                Assert.Equal("close", last.Connection);
                Assert.True(talk.IsClosed);
            }
        );
        return last!;
    }

    private static string ReplyTo(string request) => Talk.With("http", request).RepliedText;

    private static IEnumerable<(string, string)> Undated(HttpReply reply) =>
        reply.Fields.Where(field => field.Key != "Date").Select(field => (field.Key, field.Value));
}
