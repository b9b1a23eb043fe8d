using System.Net;

namespace C10k.Conversations.Http;

/// <summary>
/// Reads requests one after the other, line by line as they come: each line is judged once and forgotten, so that a slow client costs
/// no more than a fast one, and an unfinished request holds no more than an unfinished line.
/// </summary>
internal struct RequestReader
{
    /// <summary>The longest request line, with its end. RFC 9112 §3 asks for 8,000 at least.</summary>
    public const int MaxRequestLineBytes = 8 * 1024;

    /// <summary>The most that all field lines may have together, with their ends and the empty line behind them.</summary>
    public const int MaxFieldBytes = 16 * 1024;

    private enum Part
    {
        RequestLine,
        Fields,
        Content,
        Done,
    }

    private Part _part;
    private int _fieldBytes;
    private LineCutter _lines;
    private RequestHead _head;
    private ContentReader _content;
    private bool _contentHasBegun;

    /// <summary>What is known of the request.</summary>
    public readonly RequestHead Head => _head;

    /// <summary>Whether the request was read to its end. The next read begins with the next one.</summary>
    public readonly bool IsDone => _part == Part.Done;

    /// <summary>Whether all lines in front of the content were read, and nothing of the content has come yet.</summary>
    public readonly bool IsBeforeContent => _part == Part.Content && !_contentHasBegun;

    /// <summary>Reads as far as it goes, to the end of the request at most. The status is null where there is nothing to object to.</summary>
    public HttpStatusCode? Read(ReadOnlySpan<byte> received, out int consumed)
    {
        if (IsDone)
            this = default;
        consumed = 0;
        while (_part is Part.RequestLine or Part.Fields)
        {
            var objection = ReadLine(received[consumed..], out var used);
            consumed += used;
            if (objection is not null || used == 0)
                return objection;
        }
        return _part == Part.Content ? ReadContent(received, ref consumed) : null;
    }

    private HttpStatusCode? ReadContent(ReadOnlySpan<byte> received, ref int consumed)
    {
        var rest = received[consumed..];
        _contentHasBegun |= !rest.IsEmpty;
        var objection = _content.Read(rest, out var used);
        consumed += used;
        if (_content.IsDone)
            _part = Part.Done;
        return objection;
    }

    private HttpStatusCode? ReadLine(ReadOnlySpan<byte> received, out int used)
    {
        used = 0;
        var inFields = _part == Part.Fields;
        switch (_lines.TryCut(received, inFields ? MaxFieldBytes - _fieldBytes : MaxRequestLineBytes, out var line))
        {
            case LineEnd.NotYet:
                return inFields ? null : ToBeginning(received);
            case LineEnd.BareLineFeed:
                return HttpStatusCode.BadRequest;
            case LineEnd.TooLong:
                return inFields ? HttpStatusCode.RequestHeaderFieldsTooLarge : ToLongLine(received);
        }
        used = line.Length + LineCutter.EndBytes;
        return inFields ? TakeFieldLine(line) : TakeRequestLine(line);
    }

    private HttpStatusCode? TakeRequestLine(ReadOnlySpan<byte> line)
    {
        // Some clients send an empty line behind their content, and the next request behind it (RFC 9112 §2.2).
        if (line.IsEmpty)
            return null;
        _part = Part.Fields;
        return _head.TakeRequestLine(line);
    }

    private HttpStatusCode? TakeFieldLine(ReadOnlySpan<byte> line)
    {
        _fieldBytes += line.Length + LineCutter.EndBytes;
        if (!line.IsEmpty)
            return _head.TakeField(line);
        if (_head.Complete() is { } objection)
            return objection;
        _part = _head.HasContent ? Part.Content : Part.Done;
        return _head.HasContent ? ContentReader.Begin(_head, out _content) : null;
    }

    // Whoever speaks another protocol (TLS begins with 0x16) may never send a line, and should not wait for an answer for ever.
    private static HttpStatusCode? ToBeginning(ReadOnlySpan<byte> received) =>
        received.IsEmpty || received[0] == '\r' || Syntax.IsToken(received[..1]) ? null : HttpStatusCode.BadRequest;

    private static HttpStatusCode ToLongLine(ReadOnlySpan<byte> received)
    {
        var end = received.IndexOf((byte)' ');
        if (!Syntax.IsToken(end < 0 ? received[..MaxRequestLineBytes] : received[..end]))
            return HttpStatusCode.BadRequest;
        // A method longer than any that there is, or a target (RFC 9112 §3).
        return end is < 0 or > MaxRequestLineBytes ? HttpStatusCode.NotImplemented : HttpStatusCode.RequestUriTooLong;
    }
}
