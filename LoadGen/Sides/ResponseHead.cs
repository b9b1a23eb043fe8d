using System.Buffers.Text;
using System.Text;

namespace C10k.LoadGen.Sides;

/// <summary>What the head of an HTTP/1 response tells that is needed to find its end (RFC 9112).</summary>
/// <param name="ContentLength">In bytes.</param>
/// <param name="Closes">Whether the server closes the connection behind the response.</param>
internal readonly record struct ResponseHead(int ContentLength, bool Closes)
{
    private static ReadOnlySpan<byte> LineEnd => "\r\n"u8;

    /// <summary>Finds the end of a head; the length includes the empty line.</summary>
    public static bool TryFindEnd(ReadOnlySpan<byte> received, out int length)
    {
        var end = received.IndexOf("\r\n\r\n"u8);
        length = end + 4;
        return end >= 0;
    }

    /// <summary>Reads a head with its empty line. Null for all but a 200 that states its length, once.</summary>
    public static ResponseHead? Parse(ReadOnlySpan<byte> head)
    {
        var isNew = head.StartsWith("HTTP/1.1 200"u8);
        if (!isNew && !head.StartsWith("HTTP/1.0 200"u8))
            return null;
        var (length, closes) = (-1, !isNew);
        for (var rest = SkipLine(head); !rest.StartsWith(LineEnd); rest = SkipLine(rest))
        {
            var line = rest[..rest.IndexOf(LineEnd)];
            if (TryGetValue(line, "content-length"u8, out var text))
            {
                if (
                    length >= 0
                    || !Utf8Parser.TryParse(text, out length, out var used)
                    || used < text.Length
                    || length < 0
                )
                    return null;
            }
            else if (TryGetValue(line, "connection"u8, out var connection))
            {
                closes = isNew
                    ? Ascii.EqualsIgnoreCase(connection, "close"u8)
                    : !Ascii.EqualsIgnoreCase(connection, "keep-alive"u8);
            }
        }
        return length < 0 ? null : new ResponseHead(length, closes);
    }

    private static ReadOnlySpan<byte> SkipLine(ReadOnlySpan<byte> bytes) =>
        bytes[(bytes.IndexOf(LineEnd) + LineEnd.Length)..];

    private static bool TryGetValue(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        var matches =
            line.Length > name.Length
            && line[name.Length] == (byte)':'
            && Ascii.EqualsIgnoreCase(line[..name.Length], name);
        value = matches ? line[(name.Length + 1)..].Trim(" \t"u8) : default;
        return matches;
    }
}
