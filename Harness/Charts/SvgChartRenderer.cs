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
        IPlot plot = PlotValues.HaveOneX(drawable) ? new DotPlot(drawable) : new LinePlot(drawable);
        var frame = new Frame(drawable, plot.Height);
        using var svg = new SvgWriter(Frame.Width, frame.Height, chart.Title);
        frame.Draw(svg);
        plot.Draw(svg, frame.Body);
        return svg.Finish();
    }
}

/// <summary>The middle of a chart, without title and notes.</summary>
internal interface IPlot
{
    double Height { get; }

    void Draw(SvgWriter svg, Box body);
}
