namespace C10k.Harness.Charts;

/// <summary>The values that must find a place on the axes.</summary>
internal static class PlotValues
{
    public static IEnumerable<double> OfX(Chart chart) => Drawn(chart).Select(p => p.X);

    public static IEnumerable<double> OfY(Chart chart) =>
        Drawn(chart)
            .SelectMany(p => new[] { p.Y, p.Low, p.High })
            .OfType<double>()
            .Where(v => chart.Y.Scale != Scale.Logarithmic || v > 0);

    /// <summary>Whether there is nothing to draw lines between.</summary>
    public static bool HaveOneX(Chart chart) => OfX(chart).Distinct().Take(2).Count() == 1;

    /// <summary>The points of such a chart, the best first.</summary>
    public static IReadOnlyList<(Series Series, ChartPoint Point)> Rows(Chart chart) =>
        [
            .. chart
                .Series.SelectMany(s => s.Points.Where(p => p.Y is not null).Select(p => (Series: s, Point: p)))
                .OrderBy(row => chart.Better == Better.Lower ? row.Point.Y : -row.Point.Y),
        ];

    private static IEnumerable<ChartPoint> Drawn(Chart chart) =>
        chart.Series.SelectMany(s => s.Points).Where(p => p.Y is not null);
}
