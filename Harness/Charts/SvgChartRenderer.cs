using C10k.Harness.Results;

namespace C10k.Harness.Charts;

/// <summary>Draws a chart as SVG. The same chart gives the same bytes, everywhere and always.</summary>
internal sealed class SvgChartRenderer : IChartRenderer
{
    public void Render(Chart chart, string pathWithoutExtension) =>
        WholeFile.Write(pathWithoutExtension + ".svg", ToSvg(chart));

    public static string ToSvg(Chart chart)
    {
        Chart drawable = Drawable.Of(chart);
        IPlot plot = PlotOf(drawable);
        var frame = new Frame(drawable, plot);
        using var svg = new SvgWriter(frame.Width, frame.Height, chart.Title);
        frame.Draw(svg);
        plot.Draw(svg, frame.Body);
        return svg.Finish();
    }

    private static IPlot PlotOf(Chart chart) =>
        chart.Heat is { } map ? new HeatPlot(chart, map)
        : PlotValues.HaveOneX(chart) ? new DotPlot(chart)
        : new LinePlot(chart);
}

/// <summary>The middle of a chart, without title and notes.</summary>
internal interface IPlot
{
    double Height { get; }

    /// <summary>What it cannot do without; most take what room there is.</summary>
    double LeastWidth => 0;

    void Draw(SvgWriter svg, Box body);
}
