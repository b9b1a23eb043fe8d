namespace C10k.Latency;

/// <summary>The payload of HdrHistogram's V2 encoding: counts by index, as numbers of one to nine bytes.</summary>
internal static class CountsEncoding
{
    /// <summary>What one count takes at most, in bytes.</summary>
    public const int MaxCountLength = 9;

    /// <summary>Writes the counts and returns how many bytes they took.</summary>
    public static int Write(ReadOnlySpan<long> counts, Span<byte> payload)
    {
        int length = 0;
        for (int i = 0; i < counts.Length; )
        {
            int zeros = counts[i..].IndexOfAnyExcept(0);
            zeros = zeros < 0 ? counts.Length - i : zeros;
            length += WriteNumber(zeros > 1 ? -zeros : counts[i], payload[length..]);
            i += Math.Max(1, zeros);
        }

        return length;
    }

    /// <summary>Reads counts until the payload ends.</summary>
    /// <exception cref="FormatException">A count is cut off, or there are too many, or their sum is too great.</exception>
    public static LatencyHistogram Read(ReadOnlySpan<byte> payload)
    {
        LatencyHistogram histogram = new();
        int index = 0;
        while (!payload.IsEmpty)
        {
            long number = ReadNumber(ref payload);
            int left = histogram.Counts.Length - index;
            HistogramEncoding.Demand(number >= -left && left > 0, "has counts for values above 60 s");
            if (number < 0)
            {
                index -= (int)number;
                continue;
            }

            HistogramEncoding.Demand(number <= long.MaxValue - histogram.TotalCount, "has a total count above 2^63-1");
            histogram.Record(LatencyHistogram.LowestAt(index++), number);
        }

        return histogram;
    }

    // ZigZag moves the sign into the lowest bit, so that small negative numbers are short too. The ninth byte has no
    // continuation bit: eight times seven bits and eight make 64.
    private static int WriteNumber(long number, Span<byte> target)
    {
        ulong rest = (ulong)((number << 1) ^ (number >> 63));
        int length = 0;
        for (; rest >= 0x80 && length < MaxCountLength - 1; rest >>= 7)
        {
            target[length++] = (byte)(rest | 0x80);
        }

        target[length++] = (byte)rest;
        return length;
    }

    private static long ReadNumber(ref ReadOnlySpan<byte> source)
    {
        ulong bits = 0;
        for (int i = 0; ; i++)
        {
            HistogramEncoding.Demand(i < source.Length, "ends within a count");
            byte next = source[i];
            bool last = next < 0x80 || i == MaxCountLength - 1;
            bits |= (ulong)(i == MaxCountLength - 1 ? next : next & 0x7f) << (7 * i);
            if (last)
            {
                source = source[(i + 1)..];
                return (long)(bits >> 1) ^ -(long)(bits & 1);
            }
        }
    }
}
