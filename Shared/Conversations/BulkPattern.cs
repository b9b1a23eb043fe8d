namespace C10k.Conversations;

/// <summary>
/// The bytes of a <c>bulk</c> reply, the same in every reply: at offset i stands the highest byte of the 32-bit product
/// p · p · 2654435761, where p is i modulo <see cref="Period"/>. Whoever receives them compares with <see cref="Slice"/>, at any offset, and copies nothing.
/// </summary>
public static class BulkPattern
{
    /// <summary>After so many bytes the pattern begins again: a prime, so that a block that was lost, doubled or sent twice is seen whatever power of two its size is.</summary>
    public const int Period = 4099;

    /// <summary>The longest slice.</summary>
    public const int MaxSliceBytes = 64 * 1024;

    // As long as a slice and a period, so that a slice never wraps.
    private static readonly byte[] s_table = MakeTable();

    /// <summary>The bytes of the reply from <paramref name="offset"/> on.</summary>
    /// <param name="offset">From 0.</param>
    /// <param name="length">At most <see cref="MaxSliceBytes"/>.</param>
    public static ReadOnlySpan<byte> Slice(long offset, int length) => s_table.AsSpan((int)(offset % Period), length);

    /// <summary>Whether these are the bytes of the reply from <paramref name="offset"/> on, however many they are.</summary>
    public static bool Matches(long offset, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var expected = Slice(offset, Math.Min(bytes.Length, MaxSliceBytes));
            if (!bytes.StartsWith(expected))
                return false;
            bytes = bytes[expected.Length..];
            offset += expected.Length;
        }
        return true;
    }

    private static byte[] MakeTable()
    {
        var table = new byte[Period + MaxSliceBytes];
        for (var i = 0; i < table.Length; i++)
        {
            var p = (uint)(i % Period);
            table[i] = (byte)(unchecked(p * p * 2654435761) >> 24);
        }
        return table;
    }
}
