using System.Numerics;
using System.Runtime.CompilerServices;

namespace C10k.Latency;

/// <summary>
/// A high dynamic range histogram of latencies: 1 ns to 60 s, three significant digits, 214 KiB. All values are nanoseconds.
/// </summary>
/// <remarks>
/// <para>
/// Log-linear, laid out as HdrHistogram's is (https://hdrhistogram.org): each power of two is cut into equal parts, so that
/// no recorded value is off by more than 0.1 %. Values that share a part are equivalent, and what is read back is the highest
/// of them (for a minimum, the lowest), as in Java's HdrHistogram.
/// </para>
/// <para>
/// One writer: an instance belongs to one thread until that thread has been joined or has handed the instance over.
/// Give each worker its own and <see cref="Add"/> them up afterwards.
/// </para>
/// </remarks>
public sealed class LatencyHistogram
{
    /// <summary>The highest value that is told apart, 60 s in nanoseconds; what is above counts as this one.</summary>
    public const long HighestTrackable = 60_000_000_000;

    /// <summary>Values below this have a count each; above, every power of two has half as many counts.</summary>
    internal const int SubBucketCount = 2048;

    private const int HalfBits = 10; // half of the sub-buckets are 2^10

    private readonly long[] _counts = new long[IndexOf(HighestTrackable) + 1];

    /// <summary>How many values were recorded.</summary>
    public long TotalCount { get; private set; }

    /// <summary>
    /// How many of them lay outside 0 to 60 s and were counted at the nearer end. Not part of the encoding, so 0 after decoding.
    /// </summary>
    public long Clamped { get; private set; }

    /// <summary>The lowest recorded value, in nanoseconds; 0 when there is none.</summary>
    public long Min => TotalCount == 0 ? 0 : LowestAt(_counts.AsSpan().IndexOfAnyExcept(0));

    /// <summary>The highest recorded value, in nanoseconds; 0 when there is none.</summary>
    public long Max => TotalCount == 0 ? 0 : HighestAt(LastIndex);

    /// <summary>The mean in nanoseconds, each value taken as the middle of its equivalents; 0 when there is none.</summary>
    public double Mean => Average(static (median, _) => median, 0);

    /// <summary>The standard deviation of the recorded values, in nanoseconds; 0 when there is none.</summary>
    public double StdDev => Math.Sqrt(Average(static (median, mean) => (median - mean) * (median - mean), Mean));

    /// <summary>How many powers of two the range spans, as the footer of an .hgrm file states it.</summary>
    internal static int BucketCount => IndexOf(HighestTrackable) >> HalfBits;

    /// <summary>The counts by index, see <see cref="LowestAt"/>.</summary>
    internal ReadOnlySpan<long> Counts => _counts;

    /// <summary>The index of the highest recorded value; 0 when there is none.</summary>
    internal int LastIndex => Math.Max(0, _counts.AsSpan().LastIndexOfAnyExcept(0));

    /// <summary>
    /// Counts one value. Allocates nothing and never throws: a negative value counts as 0 and one above
    /// <see cref="HighestTrackable"/> as that, and both show in <see cref="Clamped"/>.
    /// </summary>
    /// <param name="nanoseconds">The latency.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Record(long nanoseconds)
    {
        // As unsigned, a negative value is a huge one: one comparison finds both.
        if ((ulong)nanoseconds > HighestTrackable)
        {
            nanoseconds = Clamp(nanoseconds, 1);
        }

        _counts[IndexOf(nanoseconds)]++;
        TotalCount++;
    }

    /// <summary>Counts a value several times.</summary>
    /// <param name="nanoseconds">The latency; out of range it is treated as in <see cref="Record(long)"/>.</param>
    /// <param name="count">How often, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    /// <exception cref="OverflowException">The total would exceed 2^63-1; nothing is recorded.</exception>
    public void Record(long nanoseconds, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        TotalCount = checked(TotalCount + count); // no other count can exceed the total
        if ((ulong)nanoseconds > HighestTrackable)
        {
            nanoseconds = Clamp(nanoseconds, count);
        }

        _counts[IndexOf(nanoseconds)] += count;
    }

    /// <summary>All that several histograms recorded, as if it had been recorded in one.</summary>
    /// <exception cref="OverflowException">The total would exceed 2^63-1.</exception>
    public static LatencyHistogram Sum(IEnumerable<LatencyHistogram> histograms)
    {
        var all = new LatencyHistogram();
        foreach (var histogram in histograms)
            all.Add(histogram);
        return all;
    }

    /// <summary>Adds all that another histogram recorded, as if it had been recorded here.</summary>
    /// <param name="other">The histogram to add; it stays as it is.</param>
    /// <exception cref="OverflowException">The total would exceed 2^63-1; nothing is added.</exception>
    public void Add(LatencyHistogram other)
    {
        TotalCount = checked(TotalCount + other.TotalCount);
        Clamped += other.Clamped;
        ReadOnlySpan<long> theirs = other._counts;
        Span<long> ours = _counts.AsSpan(0, theirs.Length);
        for (int i = 0; i < theirs.Length; i++)
        {
            ours[i] += theirs[i];
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_counts);
        TotalCount = 0;
        Clamped = 0;
    }

    /// <summary>The value that the given share of all recorded values does not exceed.</summary>
    /// <param name="percentile">0 to 100. 0 gives <see cref="Min"/>, 100 gives <see cref="Max"/>.</param>
    /// <returns>Nanoseconds; 0 when nothing was recorded.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The percentile is not within 0 to 100.</exception>
    public long ValueAtPercentile(double percentile)
    {
        if (percentile is not (>= 0 and <= 100))
        {
            throw new ArgumentOutOfRangeException(nameof(percentile), percentile, "A percentile lies within 0 to 100.");
        }

        if (percentile == 0 || TotalCount == 0)
        {
            return Min;
        }

        // The next double below: 99.9 is stored a little above 99.9, and 99.9 % of 1000 must be 999, not 1000.
        double rank = Math.Ceiling(Math.BitDecrement(percentile) * TotalCount / 100);
        long remaining = Math.Clamp((long)rank, 1, TotalCount);
        int index = -1;
        while (remaining > 0)
        {
            remaining -= _counts[++index];
        }

        return HighestAt(index);
    }

    /// <summary>The lowest of the values that are counted at an index.</summary>
    internal static long LowestAt(int index)
    {
        int shift = ShiftAt(index);
        return (long)(index - (shift << HalfBits)) << shift;
    }

    /// <summary>The highest of the values that are counted at an index.</summary>
    internal static long HighestAt(int index) => LowestAt(index) + (1L << ShiftAt(index)) - 1;

    // Every power of two from 2048 on halves the resolution: the value is shifted until 11 bits are left. Two neighbouring
    // buckets overlap by half, so that bucket b starts at index b * 1024.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int IndexOf(long nanoseconds)
    {
        int shift = BitOperations.Log2((ulong)nanoseconds | (SubBucketCount - 1)) - HalfBits;
        return (shift << HalfBits) + (int)(nanoseconds >> shift);
    }

    private static int ShiftAt(int index) => Math.Max(0, (index >> HalfBits) - 1);

    private double Average(Func<double, double, double> term, double argument)
    {
        double sum = 0;
        for (int i = 0; i < _counts.Length; i++)
        {
            if (_counts[i] != 0)
            {
                sum += term(LowestAt(i) + (1L << ShiftAt(i) >> 1), argument) * _counts[i];
            }
        }

        return TotalCount == 0 ? 0 : sum / TotalCount;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long Clamp(long nanoseconds, long count)
    {
        Clamped += count;
        return nanoseconds < 0 ? 0 : HighestTrackable;
    }
}
