using Xunit;

namespace C10k.Tests.Servers;

/// <summary>Bytes in which every position counts, so that nothing can be lost, doubled or swapped unseen.</summary>
internal static class Message
{
    /// <summary>The bytes with this number; another number gives other bytes.</summary>
    public static byte[] Of(int length, int number = 0)
    {
        var bytes = new byte[length];
        new Random(number).NextBytes(bytes);
        return bytes;
    }

    public static void AssertSame(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual)
    {
        if (!expected.SequenceEqual(actual))
            Assert.Fail(
                $"{actual.Length} bytes came instead of {expected.Length}, alike up to byte {expected.CommonPrefixLength(actual)}"
            );
    }
}
