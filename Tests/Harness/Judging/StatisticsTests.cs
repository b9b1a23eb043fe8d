using C10k.Harness.Judging;
using Xunit;

namespace C10k.Tests.Harness.Judging;

public class StatisticsTests
{
    [Theory]
    [InlineData(new[] { 100.0 })]
    [InlineData(new[] { 100.0, 200.0 })]
    public void One_or_two_figures_have_a_middle_and_no_interval(double[] figures)
    {
        var (median, low, high) = Statistics.MedianWithInterval(figures);
        Assert.Equal(figures.Average(), median, 1e-5);
        Assert.Null(low);
        Assert.Null(high);
    }

    [Theory]
    [InlineData(new[] { 90.0, 100.0, 110.0 })]
    [InlineData(new[] { 110.0, 90.0, 100.0 })]
    [InlineData(new[] { 80.0, 90.0, 95.0, 105.0, 110.0, 120.0 })]
    public void Three_and_more_have_an_interval_around_the_middle(double[] figures)
    {
        var (median, low, high) = Statistics.MedianWithInterval(figures);
        Assert.Equal(100, median, 1e-5);
        Assert.InRange(low!.Value, 0, median);
        Assert.InRange(high!.Value, median, double.MaxValue);
        Assert.Equal(median - low.Value, high.Value - median, 1e-5);
    }

    [Fact]
    public void Equal_figures_have_an_interval_without_width()
    {
        var (median, low, high) = Statistics.MedianWithInterval([50, 50, 50]);
        Assert.Equal((50, 50, 50), (median, low, high));
    }

    [Fact]
    public void Figures_that_differ_so_much_that_it_could_be_nothing_have_no_interval()
    {
        var (median, low, high) = Statistics.MedianWithInterval([10, 20, 1_000]);
        Assert.InRange(median, 10, 1_000);
        Assert.Equal((null, null), (low, high));
    }

    [Fact]
    public void More_figures_make_the_interval_narrower()
    {
        Assert.True(Width(20) < Width(4));

        static double Width(int count)
        {
            var (_, low, high) = Statistics.MedianWithInterval([
                .. Enumerable.Range(0, count).Select(i => 100.0 + i % 4),
            ]);
            return high!.Value - low!.Value;
        }
    }
}
