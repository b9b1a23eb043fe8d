namespace C10k.Harness.Charts;

/// <summary>
/// Where there is only one x, lines say nothing: a row for each model, the best first, with the figure beside it.
/// </summary>
internal sealed class DotPlot : IPlot
{
    private const double RowHeight = 21;
    private const double AboveRoom = 24;
    private const double BelowRoom = 46;
    private const double Gap = 12;
    private const double MostText = 240;

    private readonly Chart _chart;
    private readonly Row[] _rows;

    public DotPlot(Chart chart)
    {
        _chart = chart;
        _rows = [.. PlotValues.Rows(chart).Select(row => RowOf(row.Series, row.Point))];
    }

    public double Height => AboveRoom + BelowRoom + (_rows.Length * RowHeight);

    public void Draw(ICanvas canvas, Box body)
    {
        double left = body.Left + Widest(r => r.Name) + Gap;
        double intervals = body.Right - Widest(r => r.Interval);
        double figures = intervals - (intervals < body.Right ? Gap / 2 : 0);
        double right = figures - Widest(r => r.Figure) - Gap;
        var plot = new Box(left, body.Top + AboveRoom, right, body.Bottom - BelowRoom);
        var scale = new AxisScale(_chart.Y, PlotValues.OfY(_chart), plot.Left, plot.Right, room: 60);

        canvas.Text(body.Left, plot.Top - 12, Figure.At(_chart, _rows[0].Point), Styles.AxisTitle);
        XAxisPainter.Draw(canvas, plot, scale, _chart.Y);
        for (int n = 0; n < _rows.Length; n++)
        {
            double y = plot.Top + (RowHeight * (n + 0.5));
            canvas.TextAround(plot.Left - Gap, y, _rows[n].Name, Styles.Label, Anchor.End);
            DrawPoint(canvas, plot, scale, _rows[n], y);
            canvas.TextAround(figures, y, _rows[n].Figure, Styles.Label, Anchor.End);
            canvas.TextAround(body.Right, y, _rows[n].Interval, Styles.Value, Anchor.End);
        }
    }

    private void DrawPoint(ICanvas canvas, Box plot, AxisScale scale, Row row, double y)
    {
        string colour = Palette.Of(row.Series.Family);
        double x = scale.At(row.Point.Y!.Value);
        canvas.Line(plot.Left, y, x, y, new Stroke(colour, 0.9, "1.5 2.5"));
        if (IntervalBar.Ends(row.Point, scale) is var (low, high))
        {
            var stroke = new Stroke(colour, 1.1);
            canvas.Line(low, y, high, y, stroke);
            canvas.Line(low, y - 4, low, y + 4, stroke);
            canvas.Line(high, y - 4, high, y + 4, stroke);
        }

        Marker marker = Markers.Of(row.Series.Id);
        string tip = Figure.Describe(_chart, row.Series, row.Point);
        canvas.Marker(x, y, Styles.MarkerRadius, marker, colour, row.Point.Partial, tip);
    }

    private Row RowOf(Series series, ChartPoint point) =>
        new(
            series,
            point,
            TextWidth.Cut(series.Name, Styles.Label.Size, MostText),
            Figure.Of(point.Y!.Value, _chart.Y.Unit),
            Figure.Interval(point, _chart.Y.Unit)
        );

    private double Widest(Func<Row, string> text) => _rows.Max(row => TextWidth.Of(text(row), Styles.Label.Size));

    private sealed record Row(Series Series, ChartPoint Point, string Name, string Figure, string Interval);
}
