using C10k.Latency;
using Xunit;
using static C10k.Tests.Shared.Latency.Latencies;

namespace C10k.Tests.Shared.Latency;

public class PercentileStepTests
{
    [Fact]
    public void Steps_get_finer_by_half_each_time_the_distance_to_100_has_halved()
    {
        LatencyHistogram histogram = Recorded(Enumerable.Range(1, 2000).Select(i => (long)i));

        double[] percentiles = [.. PercentileStep.Walk(histogram).Select(s => s.Percentile)];

        Assert.Equal([0, 10, 20, 30, 40, 50, 55, 60, 65, 70, 75, 77.5], percentiles[..12]);
        Assert.Equal(100, percentiles[^1]);
    }

    [Fact]
    public void One_recorded_value_is_two_steps()
    {
        PercentileStep[] steps = [.. PercentileStep.Walk(Recorded(5))];

        Assert.Equal([new(0, 5, 1), new(100, 5, 1)], steps);
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 1)]
    [InlineData(3, 50)]
    public void A_step_says_the_same_as_the_percentile_asked_for_alone(int seed, int ticks)
    {
        LatencyHistogram histogram = Recorded(Random(seed, 5000));

        foreach (PercentileStep step in PercentileStep.Walk(histogram, ticks).Skip(1))
        {
            Assert.Equal(histogram.ValueAtPercentile(step.Percentile), step.ValueNs);
        }
    }

    [Fact]
    public void Counts_beyond_the_precision_of_a_double_end_too()
    {
        LatencyHistogram histogram = new();
        histogram.Record(1, long.MaxValue - 1);
        histogram.Record(2);

        Assert.Equal(new PercentileStep(100, 2, long.MaxValue), PercentileStep.Walk(histogram).Take(10_000).Last());
    }

    [Fact]
    public void Less_than_one_step_is_refused_at_once() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PercentileStep.Walk(Recorded(1), 0));
}
