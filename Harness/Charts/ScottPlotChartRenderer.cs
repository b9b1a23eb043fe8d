#if SCOTTPLOT
namespace C10k.Harness.Charts;

/// <summary>
/// Draws a chart as PNG with ScottPlot. Only compiled with <c>-p:UseScottPlot=true</c>, which run-bench.sh sets where the package can be
/// restored. ScottPlot is given places instead of figures, and the marks of our own axes, so that both renderers draw the same picture.
/// </summary>
internal sealed class ScottPlotChartRenderer : IChartRenderer
{
    // Half of what is saved: all sizes below are those of the SVG.
    private const int Zoom = 2;
    private const int Width = 960;
    private const int Height = 640;
    private const double PlaceWidth = 640;
    private const double PlaceHeight = 440;
    private const double NoteSize = 11;

    public void Render(Chart chart, string pathWithoutExtension)
    {
        var drawable = Drawable.Of(chart);
        using var plot = new ScottPlot.Plot { ScaleFactor = Zoom };
        plot.Axes.SetLimits(0, PlaceWidth, 0, PlaceHeight);
        plot.Grid.MajorLineColor = ScottPlot.Colors.Black.WithOpacity(.15);
        plot.Title(Frame.Subtitle(drawable) is { Length: > 0 } more ? $"{drawable.Title}\n{more}" : drawable.Title, 14);
        if (PlotValues.HaveOneX(drawable))
            DrawRows(plot, drawable);
        else
            DrawLines(plot, drawable);
        plot.SavePng(pathWithoutExtension + ".png", Width * Zoom, Height * Zoom);
    }

    private static void DrawLines(ScottPlot.Plot plot, Chart chart)
    {
        var x = new AxisScale(chart.X, PlotValues.OfX(chart), 0, PlaceWidth, room: 60);
        var y = new AxisScale(chart.Y, PlotValues.OfY(chart), 0, PlaceHeight, room: 30);
        plot.Axes.Bottom.TickGenerator = TicksOf(x);
        plot.Axes.Left.TickGenerator = TicksOf(y);
        plot.XLabel(WithNotes(chart.X.Title, chart), (float)NoteSize);
        plot.YLabel(chart.Y.Title);
        foreach (var series in chart.Series)
        {
            foreach (var stretch in Stretches(series))
                AddLine(plot, series, [.. stretch.Select(p => (x.At(p.X), y.At(p.Y!.Value)))], 2);
            foreach (var point in series.Points)
            {
                if (IntervalBar.Ends(point, y) is var (low, high))
                    AddLine(plot, series, [(x.At(point.X), low), (x.At(point.X), high)], 1);
            }
            var marked = MarkedPoints.Of(series, x).ToLookup(p => p.Partial, p => (x.At(p.X), y.At(p.Y!.Value)));
            AddMarkers(plot, series, [.. marked[false]], hollow: false, series.Name);
            AddMarkers(plot, series, [.. marked[true]], hollow: true, marked[false].Any() ? "" : series.Name);
        }
        plot.ShowLegend(ScottPlot.Edge.Right);
    }

    private static void DrawRows(ScottPlot.Plot plot, Chart chart)
    {
        var x = new AxisScale(chart.Y, PlotValues.OfY(chart), 0, PlaceWidth, room: 60);
        var rows = PlotValues.Rows(chart);
        var names = new ScottPlot.TickGenerators.NumericManual();
        foreach (var (number, (series, point)) in rows.Index())
        {
            var y = PlaceHeight * (1 - ((number + 0.5) / rows.Count));
            names.AddMajor(y, series.Name);
            if (IntervalBar.Ends(point, x) is var (low, high))
                AddLine(plot, series, [(low, y), (high, y)], 1);
            AddMarkers(plot, series, [(x.At(point.Y!.Value), y)], point.Partial, "");
        }
        plot.Axes.Left.TickGenerator = names;
        plot.Axes.Bottom.TickGenerator = TicksOf(x);
        plot.XLabel(WithNotes(chart.Y.Title, chart), (float)NoteSize);
        if (rows.Count > 0)
            plot.YLabel(Figure.At(chart, rows[0].Point));
    }

    private static IEnumerable<List<ChartPoint>> Stretches(Series series)
    {
        var stretch = new List<ChartPoint>();
        foreach (var point in series.Points.Append(default))
        {
            if (point.Y is not null)
            {
                stretch.Add(point);
            }
            else if (stretch.Count > 0)
            {
                yield return stretch;
                stretch = [];
            }
        }
    }

    private static void AddLine(ScottPlot.Plot plot, Series series, (double X, double Y)[] places, float width)
    {
        double[] xs = [.. places.Select(p => p.X)];
        double[] ys = [.. places.Select(p => p.Y)];
        var line = plot.Add.ScatterLine(xs, ys);
        line.Color = ColourOf(series);
        line.LineWidth = width;
    }

    private static void AddMarkers(
        ScottPlot.Plot plot,
        Series series,
        (double X, double Y)[] places,
        bool hollow,
        string legend
    )
    {
        if (places.Length == 0)
            return;
        double[] xs = [.. places.Select(p => p.X)];
        double[] ys = [.. places.Select(p => p.Y)];
        var markers = plot.Add.ScatterPoints(xs, ys);
        markers.Color = ColourOf(series);
        markers.MarkerShape = ShapeOf(Markers.Of(series.Id), hollow);
        markers.MarkerSize = 2 * (float)Styles.MarkerRadius;
        markers.LegendText = legend;
    }

    private static ScottPlot.Color ColourOf(Series series) => ScottPlot.Color.FromHex(Palette.Of(series.Family));

    private static ScottPlot.MarkerShape ShapeOf(Marker marker, bool hollow) =>
        (marker, hollow) switch
        {
            (Marker.Square, false) => ScottPlot.MarkerShape.FilledSquare,
            (Marker.Square, true) => ScottPlot.MarkerShape.OpenSquare,
            (Marker.TriangleUp, false) => ScottPlot.MarkerShape.FilledTriangleUp,
            (Marker.TriangleUp, true) => ScottPlot.MarkerShape.OpenTriangleUp,
            (Marker.TriangleDown, false) => ScottPlot.MarkerShape.FilledTriangleDown,
            (Marker.TriangleDown, true) => ScottPlot.MarkerShape.OpenTriangleDown,
            (Marker.Diamond, false) => ScottPlot.MarkerShape.FilledDiamond,
            (Marker.Diamond, true) => ScottPlot.MarkerShape.OpenDiamond,
            (Marker.Cross, _) => ScottPlot.MarkerShape.Cross,
            (Marker.Saltire, _) => ScottPlot.MarkerShape.Eks,
            (Marker.Star, _) => ScottPlot.MarkerShape.Asterisk,
            (Marker.Hexagon, _) => ScottPlot.MarkerShape.HashTag,
            (_, true) => ScottPlot.MarkerShape.OpenCircle,
            _ => ScottPlot.MarkerShape.FilledCircle,
        };

    private static ScottPlot.TickGenerators.NumericManual TicksOf(AxisScale scale)
    {
        var ticks = new ScottPlot.TickGenerators.NumericManual();
        foreach (var tick in scale.Ticks)
        {
            if (tick.Label is { } label)
                ticks.AddMajor(scale.At(tick.Value), label);
            else
                ticks.AddMinor(scale.At(tick.Value));
        }
        return ticks;
    }

    private static string WithNotes(string title, Chart chart) =>
        string.Join('\n', [title, .. chart.Notes.SelectMany(note => TextWidth.Wrap(note, NoteSize, Width * 0.75))]);
}
#endif
