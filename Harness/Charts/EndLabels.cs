namespace C10k.Harness.Charts;

/// <summary>The names of the lines in a column at their right ends, each led to from its last point.</summary>
internal sealed class EndLabels
{
    public const double RowHeight = 16;

    private const double MarkerRoom = 16;
    private const double MostText = 240;

    // With many labels some stand far from their points, and a longer way there is a less steep one.
    private const int Many = 12;

    private readonly Series[] _series;
    private readonly string[] _names;
    private readonly double _leader;

    public EndLabels(Series[] series)
    {
        _series = series;
        _leader = series.Length > Many ? 48 : 30;
        _names = [.. series.Select(s => TextWidth.Cut(s.Name, Styles.Label.Size, MostText))];
        Width = _leader + MarkerRoom + _names.Select(n => TextWidth.Of(n, Styles.Label.Size)).DefaultIfEmpty(0).Max();
    }

    public double Width { get; }

    public void Draw(ICanvas canvas, Box plot, AxisScale x, AxisScale y)
    {
        ChartPoint[] ends = [.. _series.Select(s => s.Points.Last(p => p.Y is not null))];
        double[] wanted = [.. ends.Select(p => y.At(p.Y!.Value))];
        double[] rows = LabelPlacement.Spread(
            wanted,
            RowHeight,
            plot.Top - (RowHeight / 2),
            plot.Bottom + (RowHeight / 2)
        );
        for (int i = 0; i < _series.Length; i++)
        {
            DrawLeader(canvas, plot, i, (x.At(ends[i].X), wanted[i]), rows[i]);
            DrawLabel(canvas, plot, i, rows[i]);
        }
    }

    private void DrawLeader(ICanvas canvas, Box plot, int i, (double X, double Y) end, double row)
    {
        (double, double)[] path = [end, (plot.Right, end.Y), (plot.Right + _leader - 4, row)];
        canvas.Polyline(path, new Stroke(Palette.Of(_series[i].Family), 0.9, "1.5 2.5"));
    }

    private void DrawLabel(ICanvas canvas, Box plot, int i, double row)
    {
        double x = plot.Right + _leader;
        Series series = _series[i];
        canvas.Marker(
            x + 4,
            row,
            Styles.MarkerRadius,
            Markers.Of(series.Id),
            Palette.Of(series.Family),
            false,
            series.Name
        );
        canvas.TextAround(x + MarkerRoom, row, _names[i], Styles.Label);
    }
}
