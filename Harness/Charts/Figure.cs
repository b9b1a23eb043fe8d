using System.Globalization;

namespace C10k.Harness.Charts;

/// <summary>A value and its interval in words: 44,312 (42,871 to 45,640).</summary>
internal static class Figure
{
    public static string Of(double value, Unit unit) =>
        unit == Unit.Count && Math.Abs(value) >= 1000
            ? value.ToString("N0", CultureInfo.InvariantCulture)
            : TickLabel.Of(value, unit);

    /// <summary>Both ends of the interval in brackets, or nothing where there is none.</summary>
    public static string Interval(ChartPoint point, Unit unit) =>
        point is { Low: { } low, High: { } high } ? $"({Of(low, unit)} to {Of(high, unit)})" : "";

    /// <summary>All there is to say about a point.</summary>
    public static string Describe(Chart chart, Series series, ChartPoint point)
    {
        string value = $"{Of(point.Y!.Value, chart.Y.Unit)} {Interval(point, chart.Y.Unit)}".TrimEnd();
        return chart.X.Unit == Unit.Nothing ? $"{series.Name}: {value}" : $"{series.Name}: {value}, {At(chart, point)}";
    }

    /// <summary>Where the point is: clients: 10,000; or 99 % of the requests.</summary>
    public static string At(Chart chart, ChartPoint point) =>
        chart.X.Unit switch
        {
            Unit.Nothing => chart.X.Title,
            Unit.Percent => $"{Of(point.X, chart.X.Unit)} of the requests",
            _ => $"{chart.X.Title}: {Of(point.X, chart.X.Unit)}",
        };
}
