using System.Buffers.Binary;
using System.IO.Compression;

namespace C10k.Latency;

/// <summary>
/// Carries a <see cref="LatencyHistogram"/> between processes and into files, in HdrHistogram's V2 encoding, plain and
/// compressed, which the HdrHistogram libraries of other languages and the .hlog tools read too.
/// </summary>
/// <remarks>
/// Big-endian. Plain: cookie, payload length, normalizing index offset, significant digits (4 bytes each), lowest and highest
/// value, conversion ratio (8 bytes each), then the counts up to the highest recorded one as ZigZag LEB128 of at most nine bytes;
/// a negative number stands for so many zeros. Compressed: cookie, length, and the plain form through zlib.
/// Source: AbstractHistogram.java and ZigZagEncoding.java of HdrHistogram 2.1.
/// </remarks>
public static class HistogramEncoding
{
    private const uint Cookie = 0x1c849313;
    private const uint CompressedCookie = 0x1c849314;
    private const int HeaderLength = 40;
    private const int CompressedHeaderLength = 8;

    // Some 27,400 counts of at most nine bytes are 241 KiB, and zlib adds next to nothing. Longer input cannot be one of ours,
    // and what pretends to be is refused before memory is taken for it.
    private const int MaxLength = 256 * 1024;

    /// <summary>The plain form.</summary>
    /// <param name="histogram">What to encode; all but <see cref="LatencyHistogram.Clamped"/> is kept.</param>
    /// <returns>From 41 bytes up to 241 KiB.</returns>
    public static byte[] Encode(LatencyHistogram histogram)
    {
        ReadOnlySpan<long> counts = histogram.Counts[..(histogram.LastIndex + 1)];
        byte[] buffer = new byte[HeaderLength + (CountsEncoding.MaxCountLength * counts.Length)];
        int length = HeaderLength + CountsEncoding.Write(counts, buffer.AsSpan(HeaderLength));
        BinaryPrimitives.WriteUInt32BigEndian(buffer, Cookie);
        BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(4), length - HeaderLength);
        BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(12), 3);
        BinaryPrimitives.WriteInt64BigEndian(buffer.AsSpan(16), 1);
        BinaryPrimitives.WriteInt64BigEndian(buffer.AsSpan(24), LatencyHistogram.HighestTrackable);
        BinaryPrimitives.WriteDoubleBigEndian(buffer.AsSpan(32), 1);
        return buffer[..length];
    }

    /// <summary>The compressed form.</summary>
    /// <param name="histogram">What to encode; all but <see cref="LatencyHistogram.Clamped"/> is kept.</param>
    public static byte[] EncodeCompressed(LatencyHistogram histogram)
    {
        using MemoryStream stream = new();
        stream.Write(new byte[CompressedHeaderLength]);
        using (ZLibStream zlib = new(stream, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(Encode(histogram));
        }

        byte[] encoded = stream.ToArray();
        BinaryPrimitives.WriteUInt32BigEndian(encoded, CompressedCookie);
        BinaryPrimitives.WriteInt32BigEndian(encoded.AsSpan(4), encoded.Length - CompressedHeaderLength);
        return encoded;
    }

    /// <summary>The compressed form as base64, one line, as in a column of an .hlog file.</summary>
    /// <param name="histogram">What to encode; all but <see cref="LatencyHistogram.Clamped"/> is kept.</param>
    public static string EncodeBase64(LatencyHistogram histogram) =>
        Convert.ToBase64String(EncodeCompressed(histogram));

    /// <summary>
    /// Reads the plain or the compressed form. Another library may have written it, if the histogram was made with a lowest value
    /// of 1, three digits and no scaling, and holds nothing above 60 s.
    /// </summary>
    /// <param name="encoded">One encoded histogram and nothing else; may be anything, memory and time are bounded.</param>
    /// <exception cref="FormatException">It is not such a histogram; the message says why.</exception>
    public static LatencyHistogram Decode(ReadOnlySpan<byte> encoded)
    {
        Demand(encoded.Length >= CompressedHeaderLength, $"ends after {encoded.Length} bytes, within the header");
        Demand(encoded.Length <= MaxLength, $"has {encoded.Length} bytes, more than the possible {MaxLength}");
        bool compressed = BinaryPrimitives.ReadUInt32BigEndian(encoded) == CompressedCookie;
        return DecodePlain(compressed ? Decompress(encoded) : encoded);
    }

    /// <summary>Reads the base64 of the compressed or the plain form.</summary>
    /// <param name="text">One encoded histogram; white space in it is passed over.</param>
    /// <exception cref="FormatException">It is not base64, or not a histogram as <see cref="Decode"/> wants it.</exception>
    public static LatencyHistogram DecodeBase64(ReadOnlySpan<char> text)
    {
        Demand(text.Length <= MaxLength * 2, $"has {text.Length} characters, more than possible");
        byte[] bytes = new byte[text.Length];
        Demand(Convert.TryFromBase64Chars(text, bytes, out int length), "is not base64");
        return Decode(bytes.AsSpan(0, length));
    }

    private static byte[] Decompress(ReadOnlySpan<byte> encoded)
    {
        ReadOnlySpan<byte> compressed = encoded[CompressedHeaderLength..];
        DemandLength(compressed, BinaryPrimitives.ReadInt32BigEndian(encoded[4..]));
        using ZLibStream zlib = new(new MemoryStream(compressed.ToArray()), CompressionMode.Decompress);
        byte[] plain = new byte[MaxLength];
        int length = ReadAll(zlib, plain);
        Demand(length < plain.Length, "grows beyond what is possible when decompressed");
        Demand(EndsWithChecksum(compressed, plain.AsSpan(0, length)), "is damaged: its checksum does not match");
        return plain[..length];
    }

    private static int ReadAll(ZLibStream zlib, byte[] target)
    {
        try
        {
            return zlib.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new FormatException("The HDR histogram is damaged: it does not decompress.", e);
        }
    }

    // ZLibStream takes no offence at a missing checksum nor at bytes behind it. The checksum is Adler-32, RFC 1950.
    private static bool EndsWithChecksum(ReadOnlySpan<byte> compressed, ReadOnlySpan<byte> plain)
    {
        const uint Modulus = 65521;
        uint low = 1;
        uint high = 0;
        foreach (byte value in plain)
        {
            low = (low + value) % Modulus;
            high = (high + low) % Modulus;
        }

        return compressed.Length >= 4 && BinaryPrimitives.ReadUInt32BigEndian(compressed[^4..]) == ((high << 16) | low);
    }

    private static LatencyHistogram DecodePlain(ReadOnlySpan<byte> encoded)
    {
        Demand(encoded.Length >= HeaderLength, $"ends after {encoded.Length} bytes, within the header");
        uint cookie = BinaryPrimitives.ReadUInt32BigEndian(encoded);
        Demand(cookie == Cookie, $"starts with 0x{cookie:x8}, which is not the V2 encoding");
        int offset = BinaryPrimitives.ReadInt32BigEndian(encoded[8..]);
        Demand(offset == 0, $"has a normalizing index offset of {offset}, only 0 can be read");
        int digits = BinaryPrimitives.ReadInt32BigEndian(encoded[12..]);
        Demand(digits == 3, $"has {digits} significant digits, only 3 can be read");
        long lowest = BinaryPrimitives.ReadInt64BigEndian(encoded[16..]);
        Demand(lowest == 1, $"has {lowest} as its lowest value, only 1 can be read");
        long highest = BinaryPrimitives.ReadInt64BigEndian(encoded[24..]);
        Demand(highest >= 2, $"has {highest} as its highest value, at least 2 is possible");
        double ratio = BinaryPrimitives.ReadDoubleBigEndian(encoded[32..]);
        Demand(ratio == 1, $"has a conversion ratio of {ratio}, only 1 can be read");
        DemandLength(encoded[HeaderLength..], BinaryPrimitives.ReadInt32BigEndian(encoded[4..]));
        return CountsEncoding.Read(encoded[HeaderLength..]);
    }

    private static void DemandLength(ReadOnlySpan<byte> content, int stated) =>
        Demand(content.Length == stated, $"states a length of {stated} bytes and has {content.Length}");

    internal static void Demand(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new FormatException($"The HDR histogram {otherwise}.");
        }
    }
}
