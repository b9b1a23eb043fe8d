using System.Buffers;
using System.Collections.Frozen;
using System.Net;

namespace C10k.Conversations.Http;

/// <summary>What a response says about the connection.</summary>
internal enum Persistence
{
    /// <summary>It stays open, as HTTP/1.1 has it where nothing is said.</summary>
    Implied,

    /// <summary>It stays open, which an HTTP/1.0 client has to be told.</summary>
    KeepAlive,
    Close,
}

/// <summary>
/// All responses there are. They carry Date, which is a must; Content-Type and Content-Length; Allow with 405, another must; and
/// Connection where it changes something. A Server field is optional (RFC 9110 §10.2.4) and left out: it would tell nobody anything.
/// </summary>
internal static class Responses
{
    /// <summary>The interim response that makes a client send its content (RFC 9110 §15.2.1).</summary>
    public static ReadOnlySpan<byte> Continue => "HTTP/1.1 100 Continue\r\n\r\n"u8;

    private static readonly DatedResponse[] s_page = Make(HttpStatusCode.OK, "OK", "Hello, world!\n");

    private static readonly FrozenDictionary<HttpStatusCode, DatedResponse[]> s_others = new Dictionary<
        HttpStatusCode,
        string
    >
    {
        [HttpStatusCode.BadRequest] = "Bad Request",
        [HttpStatusCode.MethodNotAllowed] = "Method Not Allowed",
        [HttpStatusCode.RequestEntityTooLarge] = "Content Too Large",
        [HttpStatusCode.RequestUriTooLong] = "URI Too Long",
        [HttpStatusCode.ExpectationFailed] = "Expectation Failed",
        [HttpStatusCode.RequestHeaderFieldsTooLarge] = "Request Header Fields Too Large",
        [HttpStatusCode.NotImplemented] = "Not Implemented",
        [HttpStatusCode.HttpVersionNotSupported] = "HTTP Version Not Supported",
    }.ToFrozenDictionary(pair => pair.Key, pair => Make(pair.Key, pair.Value, $"{(int)pair.Key} {pair.Value}\n"));

    /// <summary>Writes the response with this status.</summary>
    public static void Write(
        IBufferWriter<byte> reply,
        HttpStatusCode status,
        Persistence persistence,
        bool withoutContent
    )
    {
        var responses = status == HttpStatusCode.OK ? s_page : s_others[status];
        responses[(int)persistence].WriteTo(reply, withoutContent);
    }

    private static DatedResponse[] Make(HttpStatusCode status, string reason, string content)
    {
        var head = $"HTTP/1.1 {(int)status} {reason}\r\n";
        if (status == HttpStatusCode.MethodNotAllowed)
            head += "Allow: GET, HEAD\r\n";
        head += $"Content-Type: text/plain\r\nContent-Length: {content.Length}\r\n";
        return
        [
            new DatedResponse(head, content),
            new DatedResponse($"{head}Connection: keep-alive\r\n", content),
            new DatedResponse($"{head}Connection: close\r\n", content),
        ];
    }
}
