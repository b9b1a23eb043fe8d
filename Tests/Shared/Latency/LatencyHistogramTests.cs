using C10k.Latency;
using Xunit;
using static C10k.Tests.Shared.Latency.Latencies;

namespace C10k.Tests.Shared.Latency;

public class LatencyHistogramTests
{
    [Fact]
    public void An_empty_histogram_has_zeros_everywhere()
    {
        LatencyHistogram histogram = new();

        Assert.Equal(0, histogram.TotalCount);
        Assert.Equal((0, 0, 0), (histogram.Min, histogram.Max, histogram.ValueAtPercentile(99)));
        Assert.Equal((0d, 0d), (histogram.Mean, histogram.StdDev));
    }

    [Fact]
    public void Every_index_begins_where_the_one_before_ends_and_is_a_thousandth_wide_at_most()
    {
        int indexes = new LatencyHistogram().Counts.Length;
        long next = 0;
        for (int index = 0; index < indexes; index++)
        {
            long lowest = LatencyHistogram.LowestAt(index);
            long highest = LatencyHistogram.HighestAt(index);
            Assert.Equal(next, lowest);
            Assert.True(highest - lowest <= lowest / 1000, $"{lowest} to {highest} ns are one");
            next = highest + 1;
        }

        Assert.True(next > LatencyHistogram.HighestTrackable);
    }

    [Fact]
    public void A_value_is_counted_at_the_index_whose_range_holds_it()
    {
        LatencyHistogram histogram = new();
        for (int index = 0; index < histogram.Counts.Length; index++)
        {
            histogram.Clear();
            histogram.Record(LatencyHistogram.LowestAt(index));
            histogram.Record(Math.Min(LatencyHistogram.HighestAt(index), LatencyHistogram.HighestTrackable));
            Assert.Equal(2, histogram.Counts[index]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Percentiles_are_those_of_the_sorted_values_within_a_thousandth(int seed)
    {
        long[] values = Random(seed, 20_000);
        LatencyHistogram histogram = Recorded(values);
        Array.Sort(values);

        for (int rank = 1; rank <= values.Length; rank += 7)
        {
            long exact = values[rank - 1];
            long actual = histogram.ValueAtPercentile(100.0 * rank / values.Length);
            Assert.InRange(actual, exact, exact * 1.001);
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Min_max_mean_and_deviation_are_those_of_the_values_within_a_thousandth(int seed)
    {
        long[] values = Random(seed, 20_000);
        LatencyHistogram histogram = Recorded(values);
        double mean = values.Average();
        double deviation = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));

        Assert.InRange(histogram.Min, values.Min() * 0.999, values.Min());
        Assert.InRange(histogram.Max, values.Max(), values.Max() * 1.001);
        Assert.InRange(histogram.Mean, mean * 0.999, mean * 1.001);
        Assert.InRange(histogram.StdDev, deviation * 0.999, deviation * 1.001);
    }

    [Fact]
    public void The_highest_equivalent_value_stands_for_all_but_the_minimum()
    {
        LatencyHistogram histogram = Recorded(10_000); // 10,000 to 10,007 share a count

        Assert.Equal(10_000, histogram.Min);
        Assert.Equal(10_000, histogram.ValueAtPercentile(0));
        Assert.Equal(10_007, histogram.ValueAtPercentile(50));
        Assert.Equal(10_007, histogram.Max);
        Assert.Equal(10_004, histogram.Mean);
    }

    [Fact]
    public void A_percentile_that_hits_a_rank_exactly_does_not_slip_to_the_next()
    {
        LatencyHistogram histogram = Recorded(Enumerable.Range(1, 1000).Select(i => (long)i));

        Assert.All(Enumerable.Range(1, 1000), rank => Assert.Equal(rank, histogram.ValueAtPercentile(rank / 10.0)));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(100.1)]
    [InlineData(double.NaN)]
    public void A_percentile_outside_0_to_100_is_refused(double percentile) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Recorded(1).ValueAtPercentile(percentile));

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(long.MinValue, 0)]
    [InlineData(LatencyHistogram.HighestTrackable + 1, LatencyHistogram.HighestTrackable)]
    [InlineData(long.MaxValue, LatencyHistogram.HighestTrackable)]
    public void A_value_out_of_range_counts_at_the_nearer_end_and_as_clamped(long value, long counted)
    {
        LatencyHistogram histogram = Recorded(value);
        histogram.Record(value, 2);

        AssertSame(Recorded(counted, counted, counted), histogram);
        Assert.Equal(3, histogram.Clamped);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(LatencyHistogram.HighestTrackable)]
    public void The_ends_of_the_range_are_not_clamped(long value) => Assert.Equal(0, Recorded(value).Clamped);

    [Fact]
    public void Recording_with_a_count_is_recording_that_often()
    {
        LatencyHistogram histogram = new();
        histogram.Record(77, 3);
        histogram.Record(88, 0);

        AssertSame(Recorded(77, 77, 77), histogram);
    }

    [Fact]
    public void Counts_that_cannot_be_are_refused_and_leave_the_histogram_as_it_was()
    {
        LatencyHistogram histogram = Recorded(5);

        Assert.Throws<ArgumentOutOfRangeException>(() => histogram.Record(5, -1));
        Assert.Throws<OverflowException>(() => histogram.Record(5, long.MaxValue));
        LatencyHistogram full = new();
        full.Record(5, long.MaxValue);
        Assert.Throws<OverflowException>(() => histogram.Add(full));
        AssertSame(Recorded(5), histogram);
        Assert.Equal(5, full.ValueAtPercentile(100));
    }

    [Fact]
    public void Adding_up_workers_is_recording_all_in_one()
    {
        long[] values = [-1, .. Random(6, 10_000), long.MaxValue];
        LatencyHistogram total = new();
        foreach (long[] worker in values.Chunk(999))
        {
            total.Add(Recorded(worker));
        }

        AssertSame(Recorded(values), total);
        Assert.Equal(2, total.Clamped);
    }

    [Fact]
    public void After_clearing_it_is_as_new()
    {
        LatencyHistogram histogram = Recorded(1, 2, long.MaxValue);

        histogram.Clear();

        AssertSame(new LatencyHistogram(), histogram);
        Assert.Equal(0, histogram.Clamped);
    }

    [Fact]
    public void Recording_allocates_nothing()
    {
        LatencyHistogram histogram = Recorded(1, -1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (long value = -1; value < 1000; value++)
        {
            histogram.Record(value * 100_000_000);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
