namespace C10k.Harness.Charts;

/// <summary>Which points of a line have a marker.</summary>
internal static class MarkedPoints
{
    private const int MostMarkers = 12;

    /// <summary>All of a few; of many those at the labels of the axis, as nearly as there are any, and the last.</summary>
    public static IEnumerable<ChartPoint> Of(Series series, AxisScale x)
    {
        var drawn = series.Points.Where(point => point.Y is not null).ToList();
        return drawn.Count <= MostMarkers
            ? drawn
            : x
                .Ticks.Where(tick => tick.Label is not null)
                .SelectMany(tick => drawn.Where(point => point.X >= tick.Value).Take(1))
                .Append(drawn[^1])
                .Distinct();
    }
}
