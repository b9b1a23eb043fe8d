#if SCOTTPLOT
namespace C10k.Harness.Charts;

/// <summary>
/// Draws a chart as PNG with ScottPlot. Only compiled with <c>-p:UseScottPlot=true</c>, which run-bench.sh sets where the package can be
/// restored. It draws the picture of the SVG, stroke by stroke: ScottPlot's own titles, axes and legend would look different.
/// </summary>
internal sealed class ScottPlotChartRenderer : IChartRenderer
{
    // As with rsvg-convert: twice the size of the SVG.
    private const int Zoom = 2;

    public void Render(Chart chart, string pathWithoutExtension)
    {
        var picture = new Picture(chart);
        // Whole pixels, lest a unit of the axes be more or less than one.
        (int width, int height) = ((int)Math.Ceiling(picture.Width), (int)Math.Ceiling(picture.Height));
        using var plot = new ScottPlot.Plot { ScaleFactor = Zoom };
        plot.HideAxesAndGrid();
        plot.Axes.SetLimits(left: 0, right: width, bottom: height, top: 0);
        picture.Draw(new ScottPlotCanvas(plot));
        plot.SavePng(pathWithoutExtension + ".png", width * Zoom, height * Zoom);
    }
}
#endif
