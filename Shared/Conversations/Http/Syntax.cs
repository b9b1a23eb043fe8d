using System.Buffers;

namespace C10k.Conversations.Http;

/// <summary>The small words of the grammar (RFC 9110 §5.6).</summary>
internal static class Syntax
{
    private static readonly SearchValues<byte> s_token = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8
    );

    // All control characters but the tab: RFC 9110 §5.5 wants CR, LF and NUL refused, and has no use for the others.
    private static readonly SearchValues<byte> s_forbiddenInValues = SearchValues.Create([
        .. Enumerable.Range(0, 0x20).Select(code => (byte)code).Where(code => code != '\t'),
        0x7F,
    ]);

    /// <summary>Whether it is a token, as methods and field names are.</summary>
    public static bool IsToken(ReadOnlySpan<byte> text) => !text.IsEmpty && text.IndexOfAnyExcept(s_token) < 0;

    /// <summary>Whether a field's value, or the extension of a chunk, has only bytes that it may have.</summary>
    public static bool IsFieldText(ReadOnlySpan<byte> text) => text.IndexOfAny(s_forbiddenInValues) < 0;

    /// <summary>Takes the optional white space off both ends.</summary>
    public static ReadOnlySpan<byte> TrimWhiteSpace(ReadOnlySpan<byte> text) => text.Trim(" \t"u8);

    /// <summary>Takes the next element off a comma-separated list; empty ones are passed over (§5.6.1).</summary>
    public static bool TryTakeElement(ref ReadOnlySpan<byte> list, out ReadOnlySpan<byte> element)
    {
        do
        {
            var comma = list.IndexOf((byte)',');
            element = TrimWhiteSpace(comma < 0 ? list : list[..comma]);
            list = comma < 0 ? default : list[(comma + 1)..];
        } while (element.IsEmpty && !list.IsEmpty);
        return !element.IsEmpty;
    }
}
