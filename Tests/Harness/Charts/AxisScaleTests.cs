using C10k.Harness.Charts;
using Xunit;

namespace C10k.Tests.Harness.Charts;

public class AxisScaleTests
{
    [Fact]
    public void Every_decade_of_a_logarithmic_axis_has_the_same_room()
    {
        AxisScale scale = Of(Scale.Logarithmic, 100, 10_000);
        Assert.Equal(scale.At(1_000) - scale.At(100), scale.At(10_000) - scale.At(1_000), 6);
    }

    [Fact]
    public void Every_nine_of_a_percentile_axis_has_the_same_room()
    {
        AxisScale scale = Of(Scale.Percentile, 0, 99.99);
        Assert.Equal(scale.At(99) - scale.At(90), scale.At(99.9) - scale.At(99), 6);
    }

    [Fact]
    public void Values_lie_inside_with_a_margin()
    {
        AxisScale scale = Of(Scale.Logarithmic, 100, 10_000);
        Assert.InRange(scale.At(100), 20, 60);
        Assert.InRange(scale.At(10_000), 940, 980);
    }

    [Theory]
    [InlineData(Scale.Logarithmic, 1, 1e308)]
    [InlineData(Scale.Logarithmic, 5e-324, 1)]
    [InlineData(Scale.Logarithmic, 5e-324, 1e308)]
    [InlineData(Scale.Linear, -1e308, 1e308)]
    internal void Figures_that_cannot_be_have_their_place(Scale scale, double low, double high)
    {
        AxisScale axis = Of(scale, low, high);
        Assert.NotEmpty(axis.Ticks);
        Assert.InRange(axis.At(low), 0, axis.At(high));
        Assert.InRange(axis.At(high), axis.At(low), 1000);
    }

    [Fact]
    public void A_single_value_lies_in_the_middle() => Assert.Equal(500, Of(Scale.Logarithmic, 48_000).At(48_000), 6);

    [Fact]
    public void Nearly_equal_values_are_not_spread_over_the_axis()
    {
        AxisScale scale = Of(Scale.Logarithmic, 48_000, 48_500);
        Assert.InRange(scale.At(48_500) - scale.At(48_000), 1, 20);
    }

    [Fact]
    public void A_linear_axis_begins_at_zero()
    {
        AxisScale scale = Of(Scale.Linear, 40, 80);
        Assert.Equal(0, scale.At(0), 6);
    }

    [Fact]
    public void What_lies_beyond_an_end_can_be_drawn_at_the_end()
    {
        AxisScale scale = Of(Scale.Logarithmic, 10, 100);
        Assert.Equal(0, scale.AtClamped(0), 6);
        Assert.Equal(1000, scale.AtClamped(1e9), 6);
    }

    [Fact]
    public void An_axis_may_run_upwards()
    {
        var scale = new AxisScale(new Axis("", Unit.Count, Scale.Logarithmic), [10, 100], from: 400, to: 0, room: 30);
        Assert.True(scale.At(100) < scale.At(10));
        Assert.Equal(400, scale.AtClamped(-1), 6);
    }

    [Theory]
    [InlineData(Scale.Linear)]
    [InlineData(Scale.Logarithmic)]
    [InlineData(Scale.Percentile)]
    internal void An_axis_without_values_still_has_ticks(Scale scale) => Assert.NotEmpty(Of(scale).Ticks);

    private static AxisScale Of(Scale scale, params double[] values) =>
        new(new Axis("", Unit.Count, scale), values, from: 0, to: 1000, room: 60);
}
