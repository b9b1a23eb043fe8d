using System.Globalization;
using Xunit;

namespace C10k.Tests.Shared.Conversations.Http;

/// <summary>A response as a strict client reads it: by the letter of RFC 9112, written independently of the server.</summary>
internal sealed record HttpReply(int Status, string Reason, IReadOnlyDictionary<string, string> Fields, string Content)
{
    /// <summary>What the response says about the connection: "close", "keep-alive", or "".</summary>
    public string Connection => Fields.GetValueOrDefault("Connection", "");

    /// <summary>Reads all responses of a connection; there must be nothing between or behind them.</summary>
    /// <param name="toHead">Whether the requests were HEAD, so that no content follows.</param>
    public static List<HttpReply> ReadAll(string text, bool toHead = false)
    {
        var replies = new List<HttpReply>();
        while (text.Length > 0)
            replies.Add(Read(ref text, toHead));
        return replies;
    }

    private static HttpReply Read(ref string text, bool toHead)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        Assert.True(end > 0, $"no end of the fields in: {text}");
        var lines = text[..end].Split("\r\n");
        var status = lines[0].Split(' ', 3);
        Assert.Equal("HTTP/1.1", status[0]);
        Assert.DoesNotContain(lines, line => line.Contains('\n') || line.Contains('\r'));
        var fields = lines[1..].Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        text = text[(end + 4)..];
        var code = int.Parse(status[1], NumberStyles.None, CultureInfo.InvariantCulture);
        var length = code < 200 || toHead ? 0 : int.Parse(fields["Content-Length"], CultureInfo.InvariantCulture);
        Assert.True(text.Length >= length, $"the content of {code} is cut off: {text}");
        var content = text[..length];
        text = text[length..];
        return new HttpReply(code, status[2], fields, content);
    }
}
