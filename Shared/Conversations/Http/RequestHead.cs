using System.Net;

namespace C10k.Conversations.Http;

/// <summary>The methods, as far as this server tells them apart.</summary>
internal enum Method
{
    /// <summary>None that this server knows.</summary>
    Unknown,

    /// <summary>Of RFC 9110 or RFC 5789, but not allowed for the only page there is.</summary>
    NotAllowed,
    Get,
    Head,
}

/// <summary>
/// What the lines in front of the content say, as far as the server acts on it. Each line is judged when it comes; the status is null
/// where there is nothing to object to.
/// </summary>
internal partial struct RequestHead
{
    private bool _hasHost;
    private bool _hasTransferEncoding;
    private bool _hasUnknownCoding;
    private bool _wantsClose;
    private bool _wantsKeepAlive;
    private bool _expectsContinue;

    // Plus one, so that 0 means that there is none.
    private long _contentLength;

    public Method Method { get; private set; }

    /// <summary>HTTP/1.0: no Host is needed, and the connection is closed unless the client wants to keep it.</summary>
    public bool IsOld { get; private set; }

    /// <summary>Whether the connection stays open after the answer (RFC 9112 §9.3).</summary>
    public readonly bool KeepsAlive => !_wantsClose && (!IsOld || _wantsKeepAlive);

    /// <summary>The client sends its content only when it is told to, or after some time (RFC 9110 §10.1.1).</summary>
    public readonly bool ExpectsContinue => _expectsContinue && !IsOld && HasContent;

    /// <summary>Whether there is content to be read.</summary>
    public readonly bool HasContent => IsChunked || ContentLength > 0;

    public bool IsChunked { get; private set; }

    /// <summary>In bytes; 0 without a Content-Length, and where the content is chunked.</summary>
    public readonly long ContentLength => Math.Max(_contentLength - 1, 0);

    /// <summary>Takes the first line: method, target and version, with one space between them (RFC 9112 §3).</summary>
    public HttpStatusCode? TakeRequestLine(ReadOnlySpan<byte> line)
    {
        var first = line.IndexOf((byte)' ');
        var last = line.LastIndexOf((byte)' ');
        if (first == last || !Syntax.IsToken(line[..first]))
            return HttpStatusCode.BadRequest;
        var version = TakeVersion(line[(last + 1)..]);
        if (version is null && !RequestTarget.IsValid(line[(first + 1)..last], line[..first]))
            version = HttpStatusCode.BadRequest;
        Method = ToMethod(line[..first]);
        return version;
    }

    private HttpStatusCode? TakeVersion(ReadOnlySpan<byte> version)
    {
        if (
            version.Length != 8
            || !version.StartsWith("HTTP/"u8)
            || version[6] != '.'
            || !char.IsAsciiDigit((char)version[5])
            || !char.IsAsciiDigit((char)version[7])
        )
            return HttpStatusCode.BadRequest;
        IsOld = version[7] == '0';
        // A later HTTP/1.x is spoken to as HTTP/1.1 (RFC 9110 §2.5).
        return version[5] == '1' ? null : HttpStatusCode.HttpVersionNotSupported;
    }

    // Case matters (RFC 9110 §9.1).
    private static Method ToMethod(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("GET"u8))
            return Method.Get;
        if (name.SequenceEqual("HEAD"u8))
            return Method.Head;
        return
            name.SequenceEqual("POST"u8)
            || name.SequenceEqual("PUT"u8)
            || name.SequenceEqual("DELETE"u8)
            || name.SequenceEqual("CONNECT"u8)
            || name.SequenceEqual("OPTIONS"u8)
            || name.SequenceEqual("TRACE"u8)
            || name.SequenceEqual("PATCH"u8)
            ? Method.NotAllowed
            : Method.Unknown;
    }
}
