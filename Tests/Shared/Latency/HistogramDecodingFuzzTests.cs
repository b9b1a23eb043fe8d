using System.Buffers.Binary;
using C10k.Latency;
using Xunit;
using static C10k.Tests.Shared.Latency.Latencies;

namespace C10k.Tests.Shared.Latency;

/// <summary>Whatever the bytes, decoding gives a sound histogram or a FormatException, with little memory.</summary>
public class HistogramDecodingFuzzTests
{
    private const int Attempts = 1000;

    [Theory]
    [InlineData(101)]
    [InlineData(102)]
    [InlineData(103)]
    public void Garbage_is_refused_or_read(int seed) =>
        Fuzz(
            seed,
            random =>
            {
                byte[] garbage = new byte[random.Next(300)];
                random.NextBytes(garbage);
                return garbage;
            }
        );

    [Theory]
    [InlineData(201)]
    [InlineData(202)]
    [InlineData(203)]
    public void Garbage_after_a_sound_header_is_refused_or_read(int seed) =>
        Fuzz(
            seed,
            random =>
            {
                byte[] encoded = [.. HistogramEncoding.Encode(new()).AsSpan(0, 40), .. new byte[random.Next(300)]];
                random.NextBytes(encoded.AsSpan(40));
                BinaryPrimitives.WriteInt32BigEndian(encoded.AsSpan(4), encoded.Length - 40);
                return encoded;
            }
        );

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    public void A_plain_form_with_damage_is_refused_or_read(int seed) =>
        Fuzz(seed, random => Damaged(random, HistogramEncoding.Encode(Some(random))));

    [Theory]
    [InlineData(401)]
    [InlineData(402)]
    [InlineData(403)]
    public void A_compressed_form_with_damage_is_refused_or_read(int seed) =>
        Fuzz(seed, random => Damaged(random, HistogramEncoding.EncodeCompressed(Some(random))));

    [Theory]
    [InlineData(501)]
    [InlineData(502)]
    [InlineData(503)]
    public void A_compressed_form_of_damaged_content_is_refused_or_read(int seed) =>
        Fuzz(
            seed,
            random => HistogramEncodingTests.Compressed(Damaged(random, HistogramEncoding.Encode(Some(random))))
        );

    private static LatencyHistogram Some(Random random) => Recorded(Random(random.Next(), random.Next(50)));

    private static byte[] Damaged(Random random, byte[] encoded)
    {
        for (int damage = random.Next(1, 4); damage > 0; damage--)
        {
            encoded[random.Next(encoded.Length)] = (byte)random.Next(256);
        }

        return random.Next(10) == 0 ? encoded[..random.Next(encoded.Length)] : encoded;
    }

    private static void Fuzz(int seed, Func<Random, byte[]> make)
    {
        Random random = new(seed);
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            byte[] encoded = make(random);
            long before = GC.GetAllocatedBytesForCurrentThread();
            LatencyHistogram? histogram = DecodeOrNull(encoded);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

            Assert.True(allocated < 2_000_000, $"attempt {attempt}: {allocated} bytes for {encoded.Length}");
            if (histogram is not null)
            {
                AssertSame(histogram, HistogramEncoding.Decode(HistogramEncoding.Encode(histogram)));
            }
        }
    }

    private static LatencyHistogram? DecodeOrNull(byte[] encoded)
    {
        try
        {
            return HistogramEncoding.Decode(encoded);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
