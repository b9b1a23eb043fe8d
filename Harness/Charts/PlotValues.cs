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

    private static IEnumerable<ChartPoint> Drawn(Chart chart) =>
        chart.Series.SelectMany(s => s.Points).Where(p => p.Y is not null);
}
