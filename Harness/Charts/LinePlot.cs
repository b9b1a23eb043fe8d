namespace C10k.Harness.Charts;

/// <summary>Lines over an x axis, each named at its end.</summary>
internal sealed class LinePlot : IPlot
{
    private const double EmptyHeight = 70;
    private const double LeastPlotHeight = 400;
    private const double AxisTitleRoom = 24;
    private const double BelowRoom = 46;

    // The bars of more lines than these stand in front of each other, and are drawn so that markers come first.
    private const int Many = 8;

    private readonly Chart _chart;
    private readonly Series[] _series;
    private readonly EndLabels _labels;

    public LinePlot(Chart chart)
    {
        _chart = chart;
        _series = [.. chart.Series.Where(s => s.Points.Any(p => p.Y is not null))];
        _labels = new EndLabels(_series);
    }

    public double Height =>
        _series.Length == 0
            ? EmptyHeight
            : AxisTitleRoom + BelowRoom + Math.Max(LeastPlotHeight, (_series.Length + 1) * EndLabels.RowHeight);

    public void Draw(ICanvas canvas, Box body)
    {
        if (_series.Length == 0)
        {
            canvas.Text(
                (body.Left + body.Right) / 2,
                body.Top + 40,
                "nothing was measured",
                Styles.Empty,
                Anchor.Middle
            );
            return;
        }

        double top = body.Top + AxisTitleRoom;
        double bottom = body.Bottom - BelowRoom;
        var y = new AxisScale(_chart.Y, PlotValues.OfY(_chart), bottom, top, room: 30);
        double left = body.Left + YAxisPainter.LabelWidth(y);
        var plot = new Box(left, top, body.Right - _labels.Width, bottom);
        var x = new AxisScale(_chart.X, PlotValues.OfX(_chart), plot.Left, plot.Right, room: 60);

        XAxisPainter.Draw(canvas, plot, x, _chart.X);
        YAxisPainter.Draw(canvas, plot, y, _chart.Y, body.Left);
        _labels.Draw(canvas, plot, x, y);
        DrawSeries(canvas, x, y);
    }

    // All lines first, then all intervals, then all markers: no line crosses out a marker.
    private void DrawSeries(ICanvas canvas, AxisScale x, AxisScale y)
    {
        foreach (Series series in _series)
        {
            DrawLine(canvas, series, x, y);
        }

        foreach (Series series in _series)
        {
            DrawIntervals(canvas, series, x, y, _series.Length > Many ? 0.4 : 1);
        }

        foreach (Series series in _series)
        {
            DrawMarkers(canvas, series, x, y);
        }
    }

    private static void DrawLine(ICanvas canvas, Series series, AxisScale x, AxisScale y)
    {
        var stretch = new List<(double, double)>();
        foreach (ChartPoint point in series.Points.Append(default))
        {
            if (point.Y is { } value)
            {
                stretch.Add((x.At(point.X), y.At(value)));
                continue;
            }

            if (stretch.Count > 1)
            {
                canvas.Polyline(stretch, new Stroke(Palette.Of(series.Family), 1.8));
            }

            stretch.Clear();
        }
    }

    private static void DrawIntervals(ICanvas canvas, Series series, AxisScale x, AxisScale y, double opacity)
    {
        var stroke = new Stroke(Palette.Of(series.Family), 1.1, Opacity: opacity);
        foreach (ChartPoint point in series.Points)
        {
            if (IntervalBar.Ends(point, y) is var (low, high))
            {
                double at = x.At(point.X);
                canvas.Line(at, low, at, high, stroke);
                canvas.Line(at - 4, low, at + 4, low, stroke);
                canvas.Line(at - 4, high, at + 4, high, stroke);
            }
        }
    }

    private void DrawMarkers(ICanvas canvas, Series series, AxisScale x, AxisScale y)
    {
        foreach (ChartPoint point in MarkedPoints.Of(series, x))
        {
            canvas.Marker(
                x.At(point.X),
                y.At(point.Y!.Value),
                Styles.MarkerRadius,
                Markers.Of(series.Id),
                Palette.Of(series.Family),
                point.Partial,
                Figure.Describe(_chart, series, point)
            );
        }
    }
}
