using System.Net;
using System.Text;

namespace C10k.Conversations.Http;

/// <summary>The fields of a request: those that decide about framing, the connection and the host; the others need only be well-formed.</summary>
internal partial struct RequestHead
{
    // More than eighteen digits are no size that anybody sends.
    private const int MaxLengthDigits = 18;

    /// <summary>Whether it is a name, a colon right behind it, and a value (RFC 9112 §5).</summary>
    public static bool TrySplit(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        var colon = line.IndexOf((byte)':');
        name = value = default;
        // A line that begins with white space continues the one before in old texts (obs-fold), which a server must refuse or replace:
        // no name begins so. Nor does one end so, since white space before the colon was used to smuggle.
        if (colon < 1 || !Syntax.IsToken(line[..colon]) || !Syntax.IsFieldText(line[(colon + 1)..]))
            return false;
        name = line[..colon];
        value = Syntax.TrimWhiteSpace(line[(colon + 1)..]);
        return true;
    }

    /// <summary>Takes a field line.</summary>
    public HttpStatusCode? TakeField(ReadOnlySpan<byte> line)
    {
        if (!TrySplit(line, out var name, out var value))
            return HttpStatusCode.BadRequest;
        return name.Length switch
        {
            4 when Ascii.EqualsIgnoreCase(name, "Host"u8) => TakeHost(value),
            6 when Ascii.EqualsIgnoreCase(name, "Expect"u8) => TakeExpectations(value),
            10 when Ascii.EqualsIgnoreCase(name, "Connection"u8) => TakeConnectionOptions(value),
            14 when Ascii.EqualsIgnoreCase(name, "Content-Length"u8) => TakeContentLength(value),
            17 when Ascii.EqualsIgnoreCase(name, "Transfer-Encoding"u8) => TakeCodings(value),
            _ => null,
        };
    }

    /// <summary>Judges the fields together, when the last one was taken.</summary>
    public readonly HttpStatusCode? Complete()
    {
        if (!_hasHost && !IsOld)
            return HttpStatusCode.BadRequest;
        if (!_hasTransferEncoding)
            return null;
        // Two framings at once, or one in a version that knows none, or without an end: RFC 9112 §6.1 and §6.3.
        if (_contentLength > 0 || IsOld || !IsChunked)
            return HttpStatusCode.BadRequest;
        return _hasUnknownCoding ? HttpStatusCode.NotImplemented : null;
    }

    // Exactly one (RFC 9112 §3.2); which one does not matter, as there is only one host here.
    private HttpStatusCode? TakeHost(ReadOnlySpan<byte> value)
    {
        if (_hasHost || !RequestTarget.IsHost(value))
            return HttpStatusCode.BadRequest;
        _hasHost = true;
        return null;
    }

    private HttpStatusCode? TakeExpectations(ReadOnlySpan<byte> list)
    {
        while (Syntax.TryTakeElement(ref list, out var expectation))
        {
            if (!Ascii.EqualsIgnoreCase(expectation, "100-continue"u8))
                return HttpStatusCode.ExpectationFailed;
            _expectsContinue = true;
        }
        return null;
    }

    private HttpStatusCode? TakeConnectionOptions(ReadOnlySpan<byte> list)
    {
        while (Syntax.TryTakeElement(ref list, out var option))
        {
            _wantsClose |= Ascii.EqualsIgnoreCase(option, "close"u8);
            _wantsKeepAlive |= Ascii.EqualsIgnoreCase(option, "keep-alive"u8);
        }
        return null;
    }

    // A list of equal numbers may be refused (RFC 9110 §8.6), and is: nobody sends one in good faith.
    private HttpStatusCode? TakeContentLength(ReadOnlySpan<byte> digits)
    {
        if (_contentLength > 0 || digits.IsEmpty || digits.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return HttpStatusCode.BadRequest;
        if (digits.Length > MaxLengthDigits)
            return HttpStatusCode.RequestEntityTooLarge;
        foreach (var digit in digits)
            _contentLength = 10 * _contentLength + (digit - '0');
        _contentLength++;
        return null;
    }

    // Chunked comes once and last (RFC 9112 §7): with anything behind it nobody knows where the content ends.
    private HttpStatusCode? TakeCodings(ReadOnlySpan<byte> list)
    {
        _hasTransferEncoding = true;
        while (Syntax.TryTakeElement(ref list, out var coding))
        {
            if (IsChunked)
                return HttpStatusCode.BadRequest;
            IsChunked = Ascii.EqualsIgnoreCase(coding, "chunked"u8);
            _hasUnknownCoding |= !IsChunked;
        }
        return null;
    }
}
