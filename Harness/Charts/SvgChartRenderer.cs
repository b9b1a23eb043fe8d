using C10k.Harness.Results;

namespace C10k.Harness.Charts;

/// <summary>Draws a chart as SVG. The same chart gives the same bytes, everywhere and always.</summary>
internal sealed class SvgChartRenderer : IChartRenderer
{
    public void Render(Chart chart, string pathWithoutExtension) =>
        WholeFile.Write(pathWithoutExtension + ".svg", ToSvg(chart));

    public static string ToSvg(Chart chart)
    {
        var picture = new Picture(chart);
        using var svg = new SvgWriter(picture.Width, picture.Height, chart.Title);
        picture.Draw(svg);
        return svg.Finish();
    }
}
