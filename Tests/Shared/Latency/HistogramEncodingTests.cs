using System.Buffers.Binary;
using System.IO.Compression;
using C10k.Latency;
using Xunit;
using static C10k.Tests.Shared.Latency.Latencies;

namespace C10k.Tests.Shared.Latency;

public class HistogramEncodingTests
{
    [Theory]
    [InlineData]
    [InlineData(0L)]
    [InlineData(1L)]
    [InlineData(0L, 2L)]
    [InlineData(2047L, 2048L, 2049L)]
    [InlineData(LatencyHistogram.HighestTrackable)]
    [InlineData(0L, LatencyHistogram.HighestTrackable)]
    public void What_is_encoded_is_decoded_again(params long[] values) => AssertSurvives(Recorded(values));

    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 1000)]
    [InlineData(3, 100_000)]
    public void Many_values_survive(int seed, int count) => AssertSurvives(Recorded(Random(seed, count)));

    [Fact]
    public void Counts_of_every_length_in_bytes_survive()
    {
        LatencyHistogram histogram = new();
        for (int bits = 0; bits < 62; bits++)
        {
            histogram.Record(bits * 3, 1L << bits);
            histogram.Record((bits * 3) + 1, (1L << bits) - 1);
        }

        AssertSurvives(histogram);
    }

    [Fact]
    public void The_greatest_total_survives()
    {
        LatencyHistogram histogram = new();
        histogram.Record(9, long.MaxValue);

        AssertSurvives(histogram);
    }

    [Fact]
    public void The_bytes_are_those_of_the_V2_encoding()
    {
        string header = "1C849313" + "00000006" + "00000000" + "00000003" + "0000000000000001" + "0000000DF8475800";
        string payload = "02" + "00" + "04" + "03" + "8002"; // 1, 0, 2, two zeros, 128

        LatencyHistogram histogram = Recorded(0, 2, 2);
        histogram.Record(5, 128);

        Assert.Equal(header + "3FF0000000000000" + payload, Convert.ToHexString(HistogramEncoding.Encode(histogram)));
    }

    [Fact]
    public void A_histogram_made_for_another_highest_value_is_read_if_its_values_are_in_range()
    {
        byte[] encoded = HistogramEncoding.Encode(Recorded(5));
        BinaryPrimitives.WriteInt64BigEndian(encoded.AsSpan(24), 3_600_000_000_000);

        AssertSame(Recorded(5), HistogramEncoding.Decode(encoded));
    }

    [Fact]
    public void White_space_in_base64_is_passed_over() =>
        Assert.Equal(
            1,
            HistogramEncoding.DecodeBase64(HistogramEncoding.EncodeBase64(Recorded(5)) + "\r\n").TotalCount
        );

    [Theory]
    [InlineData(0, 0x1c849303, "0x1c849303")] // V2 without the mark for run lengths, which nobody writes
    [InlineData(0, 0x1c849301, "0x1c849301")] // V1
    [InlineData(4, 5, "length of 5 bytes and has 2")]
    [InlineData(4, -1, "length of -1 bytes")]
    [InlineData(8, 1, "normalizing index offset of 1")]
    [InlineData(12, 2, "2 significant digits")]
    [InlineData(20, 1000, "1000 as its lowest value")]
    [InlineData(24, -1, "as its highest value")]
    [InlineData(32, 0, "conversion ratio of")]
    public void A_header_that_cannot_be_read_is_refused_with_the_reason(int at, int value, string reason)
    {
        byte[] encoded = HistogramEncoding.Encode(Recorded(5, 5));
        BinaryPrimitives.WriteInt32BigEndian(encoded.AsSpan(at), value);

        AssertRefused(encoded, reason);
    }

    [Theory]
    [InlineData("", "ends after 0 bytes")]
    [InlineData("1C849314", "ends after 4 bytes")]
    [InlineData("1C84931400000000", "checksum")]
    [InlineData("1C84931400000001", "length of 1 bytes and has 0")]
    [InlineData("1C8493140000000212AB", "damaged")]
    [InlineData("1C84931400000006782000000001", "damaged")] // a zlib stream that asks for a dictionary
    [InlineData("1C84931300000000", "ends after 8 bytes")]
    public void A_header_alone_is_refused(string hex, string reason) =>
        AssertRefused(Convert.FromHexString(hex), reason);

    [Theory]
    [InlineData("80", "ends within a count")]
    [InlineData("FEFFFFFFFFFFFFFFFF02", "total count above")] // 2^63-1 and one more
    [InlineData("FFFFFFFFFFFFFFFFFF", "above 60 s")] // 2^63 zeros
    [InlineData("FFFFFFFF0F", "above 60 s")] // 2^31 zeros
    [InlineData("F9AB03" + "02", "above 60 s")] // as many zeros as there are counts, and one count more
    public void Counts_that_cannot_be_are_refused(string payload, string reason) =>
        AssertRefused(WithPayload(Convert.FromHexString(payload)), reason);

    [Fact]
    public void Every_truncation_is_refused()
    {
        LatencyHistogram histogram = Recorded(Random(3, 50));
        foreach (
            byte[] whole in new[] { HistogramEncoding.Encode(histogram), HistogramEncoding.EncodeCompressed(histogram) }
        )
        {
            for (int length = 0; length < whole.Length; length++)
            {
                AssertRefused(whole[..length], "");
            }
        }
    }

    [Fact]
    public void A_compressed_form_whose_content_is_cut_is_refused()
    {
        byte[] plain = HistogramEncoding.Encode(Recorded(Random(4, 50)));
        for (int length = 0; length < plain.Length; length++)
        {
            AssertRefused(Compressed(plain[..length]), "");
        }
    }

    [Theory]
    [InlineData(-4)] // without its checksum
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(1000)]
    public void A_compressed_form_with_bytes_less_or_more_at_its_end_is_refused(int more)
    {
        byte[] encoded = HistogramEncoding.EncodeCompressed(Recorded(Random(6, 50)));
        Array.Resize(ref encoded, encoded.Length + more);
        BinaryPrimitives.WriteInt32BigEndian(encoded.AsSpan(4), encoded.Length - 8);

        AssertRefused(encoded, "checksum");
    }

    [Fact]
    public void A_compressed_form_within_a_compressed_form_is_refused() =>
        AssertRefused(Compressed(HistogramEncoding.EncodeCompressed(Recorded(Random(5, 500)))), "0x1c849314");

    [Fact]
    public void What_grows_without_bound_when_decompressed_is_refused_before_it_has_grown()
    {
        byte[] bomb = Compressed(new byte[10_000_000]);
        long before = GC.GetAllocatedBytesForCurrentThread();

        AssertRefused(bomb, "grows beyond");

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
    }

    [Fact]
    public void Input_that_is_too_long_is_refused()
    {
        AssertRefused(new byte[1_000_000], "1000000 bytes");
        AssertFormatException(() => HistogramEncoding.DecodeBase64(new string('A', 1_000_000)), "1000000 characters");
    }

    [Fact]
    public void What_is_not_base64_is_refused() =>
        AssertFormatException(() => HistogramEncoding.DecodeBase64("HISTFAAA!"), "is not base64");

    private static void AssertSurvives(LatencyHistogram histogram)
    {
        AssertSame(histogram, HistogramEncoding.Decode(HistogramEncoding.Encode(histogram)));
        AssertSame(histogram, HistogramEncoding.Decode(HistogramEncoding.EncodeCompressed(histogram)));
        AssertSame(histogram, HistogramEncoding.DecodeBase64(HistogramEncoding.EncodeBase64(histogram)));
    }

    private static byte[] WithPayload(byte[] payload)
    {
        byte[] encoded = [.. HistogramEncoding.Encode(new()).AsSpan(0, 40), .. payload];
        BinaryPrimitives.WriteInt32BigEndian(encoded.AsSpan(4), payload.Length);
        return encoded;
    }

    internal static byte[] Compressed(byte[] content)
    {
        using MemoryStream stream = new();
        using (ZLibStream zlib = new(stream, CompressionLevel.Fastest))
        {
            zlib.Write(content);
        }

        byte[] compressed = stream.ToArray();
        byte[] header = [0x1c, 0x84, 0x93, 0x14, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), compressed.Length);
        return [.. header, .. compressed];
    }

    private static void AssertRefused(byte[] encoded, string reason) =>
        AssertFormatException(() => HistogramEncoding.Decode(encoded), reason);

    private static void AssertFormatException(Action action, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(action).Message);
}
