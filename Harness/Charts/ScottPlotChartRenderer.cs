#if SCOTTPLOT
namespace C10k.Harness.Charts;

/// <summary>
/// Draws a chart as PNG with ScottPlot. Only compiled with <c>-p:UseScottPlot=true</c>, which run-bench.sh sets where the package can be
/// restored. A logarithmic axis is one of logarithms, with labels that tell the figures.
/// </summary>
internal sealed class ScottPlotChartRenderer : IChartRenderer
{
    private const int Width = 1800;
    private const int Height = 1100;

    public void Render(Chart chart, string pathWithoutExtension)
    {
        var drawable = Drawable.Of(chart);
        var plot = new ScottPlot.Plot();
        foreach (var series in drawable.Series)
            Add(plot, drawable, series);
        plot.Title($"{chart.Title} ({chart.Subtitle})");
        plot.XLabel(string.Join('\n', [chart.X.Title, .. chart.Notes]));
        plot.YLabel(chart.Y.Title);
        plot.Axes.Bottom.TickGenerator = TicksOf(chart.X);
        plot.Axes.Left.TickGenerator = TicksOf(chart.Y);
        plot.Grid.MajorLineColor = ScottPlot.Colors.Black.WithOpacity(.15);
        plot.ShowLegend(ScottPlot.Alignment.LowerRight);
        plot.SavePng(pathWithoutExtension + ".png", Width, Height);
    }

    private static void Add(ScottPlot.Plot plot, Chart chart, Series series)
    {
        var points = series.Points.Where(point => point.Y is not null).ToList();
        var line = plot.Add.Scatter(
            points.Select(point => Place(point.X, chart.X.Scale)).ToArray(),
            points.Select(point => Place(point.Y!.Value, chart.Y.Scale)).ToArray()
        );
        line.LegendText = series.Name;
        line.LineWidth = 2;
        line.MarkerSize = 7;
        line.Color = ScottPlot.Color.FromHex(Palette.Of(series.Family));
    }

    private static ScottPlot.TickGenerators.NumericAutomatic TicksOf(Axis axis) =>
        new()
        {
            IntegerTicksOnly = axis.Scale != Scale.Linear,
            LabelFormatter = place => TickLabel.Of(Figure(place, axis.Scale), axis.Unit),
        };

    private static double Place(double figure, Scale scale) =>
        scale switch
        {
            Scale.Logarithmic => Math.Log10(figure),
            Scale.Percentile => -Math.Log10(1 - (figure / 100)),
            _ => figure,
        };

    private static double Figure(double place, Scale scale) =>
        scale switch
        {
            Scale.Logarithmic => Math.Pow(10, place),
            Scale.Percentile => 100 * (1 - Math.Pow(10, -place)),
            _ => place,
        };
}
#endif
