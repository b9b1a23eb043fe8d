using C10k.Latency;
using Xunit;

namespace C10k.Tests.Shared.Latency;

/// <summary>Made-up latencies, the same for the same seed.</summary>
internal static class Latencies
{
    /// <summary>Latencies in nanoseconds whose magnitudes are spread evenly from 1 ns to 60 s.</summary>
    public static long[] Random(int seed, int count)
    {
        Random random = new(seed);
        double magnitudes = Math.Log(LatencyHistogram.HighestTrackable);
        return [.. Enumerable.Range(0, count).Select(_ => (long)Math.Exp(random.NextDouble() * magnitudes))];
    }

    /// <summary>A histogram of the given latencies.</summary>
    public static LatencyHistogram Recorded(params IEnumerable<long> nanoseconds)
    {
        LatencyHistogram histogram = new();
        foreach (long value in nanoseconds)
        {
            histogram.Record(value);
        }

        return histogram;
    }

    /// <summary>Asserts that two histograms hold the same.</summary>
    public static void AssertSame(LatencyHistogram expected, LatencyHistogram actual)
    {
        Assert.Equal(expected.TotalCount, actual.TotalCount);
        Assert.True(expected.Counts.SequenceEqual(actual.Counts));
    }
}
