using C10k.Harness.Charts;
using Xunit;

namespace C10k.Tests.Harness.Charts;

public class TicksTests
{
    [Fact]
    public void Two_decades_are_labelled_1_2_5() =>
        Assert.Equal("100 200 500 1k 2k 5k 10k", Labels(Scale.Logarithmic, 100, 10_000));

    [Fact]
    public void Many_decades_are_labelled_at_each_power_of_ten() =>
        Assert.Equal("0.001 0.01 0.1 1 10 100", Labels(Scale.Logarithmic, 0.0005, 400));

    [Fact]
    public void Very_many_decades_are_labelled_at_every_second_or_third() =>
        Assert.Equal("0.000001 0.0001 0.01 1 100 10k 1M 100M 10G", Labels(Scale.Logarithmic, 1e-7, 3e11));

    [Fact]
    public void A_short_logarithmic_axis_has_evenly_spaced_round_numbers() =>
        Assert.Equal("25k 30k 35k 40k 45k", Labels(Scale.Logarithmic, 21_000, 49_000));

    [Fact]
    public void The_minor_grid_of_a_logarithmic_axis_is_what_lies_between() =>
        Assert.Equal([3, 4, 6, 7, 8, 9, 30], Minor(Scale.Logarithmic, 1, 39));

    [Fact]
    public void Percentiles_are_labelled_50_and_then_a_nine_more_each_time() =>
        Assert.Equal("50 % 90 % 99 % 99.9 % 99.99 %", Labels(Scale.Percentile, 0, 99.995, Unit.Percent));

    [Fact]
    public void The_minor_grid_of_percentiles_is_tens_and_tenths_of_what_is_left() =>
        Assert.Equal([0, 10, 20, 30, 40, 60, 70, 80, 91, 92, 93, 94, 95, 96, 97, 98], Minor(Scale.Percentile, 0, 99));

    [Theory]
    [InlineData(0, 10, "0 1 2 3 4 5 6 7 8 9 10")]
    [InlineData(0, 47, "0 5 10 15 20 25 30 35 40 45")]
    [InlineData(-0.3, 0.3, "-0.3 -0.25 -0.2 -0.15 -0.1 -0.05 0 0.05 0.1 0.15 0.2 0.25 0.3")]
    public void A_linear_axis_has_steps_of_1_2_or_5(double low, double high, string labels) =>
        Assert.Equal(labels, Labels(Scale.Linear, low, high));

    [Fact]
    public void Marks_of_the_chart_go_before_the_choice_of_the_renderer()
    {
        var axis = new Axis("clients", Unit.Count, Scale.Logarithmic, [7_000, 50, 50, 300, 90_000]);
        string labels = string.Join(' ', Ticks.Of(axis, 40, 8_000, 12).Select(t => t.Label).OfType<string>());
        Assert.Equal("50 300 7k", labels);
    }

    [Fact]
    public void Ticks_ascend_lie_on_the_axis_and_leave_room_for_their_labels()
    {
        var random = new Random(7);
        for (int n = 0; n < 500; n++)
        {
            double low = Math.Pow(10, (random.NextDouble() * 12) - 6);
            double high = low * Math.Pow(10, 0.5 + (random.NextDouble() * 8));
            int room = random.Next(4, 16);
            IReadOnlyList<Tick> ticks = Ticks.Of(new Axis("", Unit.Count, Scale.Logarithmic), low, high, room);
            Assert.Equal(ticks.Select(t => t.Value).Order(), ticks.Select(t => t.Value));
            Assert.Equal(ticks.Count, ticks.Select(t => t.Value).Distinct().Count());
            Assert.All(ticks, t => Assert.InRange(t.Value, low, high));
            Assert.InRange(ticks.Count(t => t.Label is not null), 1, room + 2);
        }
    }

    private static string Labels(Scale scale, double low, double high, Unit unit = Unit.Count) =>
        string.Join(' ', Of(scale, low, high, unit).Select(t => t.Label).OfType<string>()).Replace('\u00A0', ' ');

    private static double[] Minor(Scale scale, double low, double high) =>
        [.. Of(scale, low, high, Unit.Count).Where(t => t.Label is null).Select(t => t.Value)];

    private static IReadOnlyList<Tick> Of(Scale scale, double low, double high, Unit unit) =>
        Ticks.Of(new Axis("", unit, scale), low, high, room: 12);
}
