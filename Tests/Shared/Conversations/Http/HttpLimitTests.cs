using Xunit;

namespace C10k.Tests.Shared.Conversations.Http;

/// <summary>How long things may be: the last length that is answered, and the first that is refused.</summary>
public sealed class HttpLimitTests
{
    private const int RequestLine = 8 * 1024;
    private const int Fields = 16 * 1024;
    private const string Rest = " HTTP/1.1\r\nHost: x\r\n\r\n";

    [Theory]
    [InlineData(RequestLine, 200)]
    [InlineData(RequestLine + 1, 414)]
    [InlineData(10 * RequestLine, 414)]
    public void A_target_makes_the_request_line_8_KiB_long_at_most(int length, int status)
    {
        var target = "/" + new string('a', length - "GET / HTTP/1.1\r\n".Length);
        AnsweredWith(status, $"GET {target}{Rest}");
    }

    [Fact]
    public void A_target_without_end_is_refused_when_it_is_too_long() =>
        AnsweredWith(414, "GET /" + new string('a', RequestLine));

    [Fact]
    public void A_method_without_end_is_none_that_is_known() => AnsweredWith(501, new string('A', RequestLine));

    [Fact]
    public void Garbage_without_end_is_refused() => AnsweredWith(400, "A" + new string('\u00e9', RequestLine));

    [Theory]
    [InlineData(Fields, 200)]
    [InlineData(Fields + 1, 431)]
    [InlineData(2 * Fields, 431)]
    public void All_fields_together_have_16_KiB_with_the_empty_line(int length, int status)
    {
        var others = "Host: x\r\n\r\n".Length;
        AnsweredWith(status, $"GET / HTTP/1.1\r\nHost: x\r\n{Filling(length - others)}\r\n");
        AnsweredWith(status, $"GET / HTTP/1.1\r\nHost: x\r\nX: {new string('x', length - others - 5)}\r\n\r\n");
    }

    [Fact]
    public void A_field_without_end_is_refused_when_it_is_too_long() =>
        AnsweredWith(431, "GET / HTTP/1.1\r\nX: " + new string('x', Fields));

    [Theory]
    [InlineData(Fields, 200)]
    [InlineData(Fields + 1, 431)]
    public void The_trailer_fields_have_as_much(int length, int status) =>
        AnsweredWith(
            status,
            $"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n{Filling(length - 2)}\r\n"
        );

    [Theory]
    [InlineData(1024, 200)]
    [InlineData(1025, 400)]
    public void A_chunk_s_size_and_extensions_have_a_KiB(int length, int status)
    {
        var extension = new string('x', length - "0;\r\n".Length);
        AnsweredWith(status, $"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0;{extension}\r\n\r\n");
    }

    // Field lines of 64 bytes, and a last one of whatever is left.
    private static string Filling(int length)
    {
        var line = "X: " + new string('x', 59) + "\r\n";
        var lines = (length - 10) / line.Length;
        var last = length - lines * line.Length;
        return string.Concat(Enumerable.Repeat(line, lines)) + "X: " + new string('x', last - 5) + "\r\n";
    }

    private static void AnsweredWith(int status, string request) =>
        Assert.All(
            [
                [request],
                [.. request.Chunk(100).Select(piece => new string(piece))],
                [.. request.Select(c => $"{c}")],
            ],
            (string[] pieces) =>
            {
                var talk = Talk.With("http", pieces);
                Assert.Equal(status, Assert.Single(HttpReply.ReadAll(talk.RepliedText)).Status);
                Assert.Equal(status != 200, talk.IsClosed);
            }
        );
}
