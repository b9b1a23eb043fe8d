using C10k.Harness.Charts;
using Xunit;

namespace C10k.Tests.Harness.Charts;

public class DrawableTests
{
    [Fact]
    public void Zero_on_a_logarithmic_axis_is_left_out_and_said()
    {
        Chart chart = Drawable.Of(ExampleCharts.Of(ExampleCharts.Line("poll", 0, 10, -1)));
        Assert.Equal([null, 10, null], chart.Series[0].Points.Select(p => p.Y));
        Assert.Equal(
            [
                "Left out, because a logarithmic axis has no place for 0 and below: poll at 100, 10k.",
                "measured nowhere",
            ],
            chart.Notes
        );
    }

    [Fact]
    public void Many_points_are_counted_rather_than_named()
    {
        Chart chart = Drawable.Of(ExampleCharts.Of(ExampleCharts.Line("poll", 0, 0, 0, 0, 0, 1)));
        Assert.EndsWith("poll at 5 points.", chart.Notes[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Zero_on_a_linear_axis_stays()
    {
        Chart chart = ExampleCharts.Of(ExampleCharts.Line("poll", 0, 10)) with
        {
            Y = new Axis("", Unit.Count, Scale.Linear),
        };
        Assert.Equal([0, 10], Drawable.Of(chart).Series[0].Points.Select(p => p.Y));
        Assert.Equal(chart.Notes, Drawable.Of(chart).Notes);
    }

    [Fact]
    public void What_is_not_finite_is_a_gap_without_words()
    {
        Chart chart = Drawable.Of(
            ExampleCharts.Of(ExampleCharts.Line("poll", double.NaN, 10, double.PositiveInfinity))
        );
        Assert.Equal([null, 10, null], chart.Series[0].Points.Select(p => p.Y));
        Assert.Equal(["measured nowhere"], chart.Notes);
    }

    [Fact]
    public void The_hundredth_percentile_has_no_place()
    {
        Chart chart = ExampleCharts.Of(new Series("a", "a", "f", [new(0, 1), new(99, 2), new(100, 3)])) with
        {
            X = new Axis("", Unit.Percent, Scale.Percentile),
        };
        Assert.Equal([0, 99], Drawable.Of(chart).Series[0].Points.Select(p => p.X));
    }

    [Fact]
    public void Done_twice_it_says_nothing_twice()
    {
        Chart once = Drawable.Of(ExampleCharts.Of(ExampleCharts.Line("poll", 0, 10)));
        Assert.Equal(once.Notes, Drawable.Of(once).Notes);
    }

    [Fact]
    public void A_case_that_served_few_clients_does_not_make_one_line_of_all_others()
    {
        var stray = new Series(
            "prefork",
            "prefork",
            "processes",
            [new(100, 2, Partial: true), new(1000, 5_000, Partial: true)]
        );
        var chart = ExampleCharts.Of(ExampleCharts.Line("poll", 40_000, 50_000), stray);
        var drawable = Drawable.Of(chart with { Better = Better.Higher });
        Assert.Equal([null, 5_000], drawable.Series[1].Points.Select(point => point.Y));
        Assert.Equal("Beyond this axis, of clients that were served: prefork 2 at 100.", drawable.Notes[0]);
        Assert.Equal([2, 5_000], Drawable.Of(chart).Series[1].Points.Select(point => point.Y));
    }

    [Fact]
    public void Where_nobody_served_all_clients_every_figure_has_its_place()
    {
        var alone = new Series(
            "prefork",
            "prefork",
            "processes",
            [new(100, 2, Partial: true), new(1000, 5_000, Partial: true)]
        );
        Assert.Equal(
            [2, 5_000],
            Drawable
                .Of(ExampleCharts.Of(alone) with { Better = Better.Higher })
                .Series[0]
                .Points.Select(point => point.Y)
        );
    }
}
