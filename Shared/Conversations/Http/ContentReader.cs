using System.Buffers.Text;
using System.Net;

namespace C10k.Conversations.Http;

/// <summary>
/// Reads the content of a request and drops it: so many bytes, or chunks up to the one of size 0 and the trailer fields behind it
/// (RFC 9112 §6.2, §7.1).
/// </summary>
internal struct ContentReader
{
    /// <summary>The most content that is read for one request, chunk sizes and extensions included.</summary>
    public const long MaxBytes = 16 * 1024 * 1024;

    /// <summary>The longest line that tells a chunk's size, extensions included, with its end.</summary>
    public const int MaxSizeLineBytes = 1024;

    // 16 digits would do for any size; leading zeros count.
    private const int MaxSizeDigits = 15;

    private enum Part
    {
        Data,
        DataEnd,
        Size,
        Trailer,
        Done,
    }

    private Part _part;
    private bool _isChunked;
    private long _left;
    private long _total;
    private int _trailerBytes;
    private LineCutter _lines;

    /// <summary>Begins with the content of a request; 413 where it is said to be too large.</summary>
    public static HttpStatusCode? Begin(RequestHead head, out ContentReader reader)
    {
        reader = new ContentReader
        {
            _part = head.IsChunked ? Part.Size : Part.Data,
            _isChunked = head.IsChunked,
            _left = head.ContentLength,
        };
        return head.ContentLength > MaxBytes ? HttpStatusCode.RequestEntityTooLarge : null;
    }

    /// <summary>Whether the content was read to its end.</summary>
    public readonly bool IsDone => _part == Part.Done;

    /// <summary>Reads as far as it goes; the status is null where there is nothing to object to.</summary>
    public HttpStatusCode? Read(ReadOnlySpan<byte> received, out int consumed)
    {
        consumed = 0;
        HttpStatusCode? status = null;
        while (status is null && !IsDone)
        {
            var rest = received[consumed..];
            if (_part != Part.Data)
            {
                status = ReadLine(rest, out var used);
                consumed += used;
                if (used == 0)
                    break;
            }
            else
            {
                consumed += SkipData(rest);
                if (_part == Part.Data)
                    break;
            }
        }
        return status;
    }

    private int SkipData(ReadOnlySpan<byte> received)
    {
        var skipped = (int)Math.Min(_left, received.Length);
        _left -= skipped;
        if (_left == 0)
            _part = _isChunked ? Part.DataEnd : Part.Done;
        return skipped;
    }

    private HttpStatusCode? ReadLine(ReadOnlySpan<byte> received, out int used)
    {
        used = 0;
        var limit = _part == Part.Trailer ? RequestReader.MaxFieldBytes - _trailerBytes : MaxSizeLineBytes;
        switch (_lines.TryCut(received, limit, out var line))
        {
            case LineEnd.NotYet:
                return null;
            case LineEnd.TooLong when _part == Part.Trailer:
                return HttpStatusCode.RequestHeaderFieldsTooLarge;
            case LineEnd.TooLong or LineEnd.BareLineFeed:
                return HttpStatusCode.BadRequest;
        }
        used = line.Length + LineCutter.EndBytes;
        return _part switch
        {
            Part.Size => TakeSize(line),
            Part.Trailer => TakeTrailer(line),
            _ => TakeDataEnd(line),
        };
    }

    private HttpStatusCode? TakeSize(ReadOnlySpan<byte> line)
    {
        var wellFormed = Utf8Parser.TryParse(line, out long size, out var digits, 'x') && digits <= MaxSizeDigits;
        if (!wellFormed || !IsExtension(line[digits..]))
            return HttpStatusCode.BadRequest;
        _total += line.Length + LineCutter.EndBytes + size;
        _left = size;
        _part = size == 0 ? Part.Trailer : Part.Data;
        return _total > MaxBytes ? HttpStatusCode.RequestEntityTooLarge : null;
    }

    private HttpStatusCode? TakeDataEnd(ReadOnlySpan<byte> line)
    {
        _part = Part.Size;
        return line.IsEmpty ? null : HttpStatusCode.BadRequest;
    }

    private HttpStatusCode? TakeTrailer(ReadOnlySpan<byte> line)
    {
        _trailerBytes += line.Length + LineCutter.EndBytes;
        if (line.IsEmpty)
            _part = Part.Done;
        return line.IsEmpty || RequestHead.TrySplit(line, out _, out _) ? null : HttpStatusCode.BadRequest;
    }

    // Nobody here knows an extension, and whoever does not must pass over it (RFC 9112 §7.1.1).
    private static bool IsExtension(ReadOnlySpan<byte> text)
    {
        var trimmed = Syntax.TrimWhiteSpace(text);
        return trimmed.IsEmpty ? text.IsEmpty : trimmed[0] == ';' && Syntax.IsFieldText(trimmed);
    }
}
