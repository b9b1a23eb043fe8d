namespace C10k.Harness.Charts;

/// <summary>The bar of an interval.</summary>
internal static class IntervalBar
{
    /// <summary>
    /// The pixels of its ends, or null where there is no interval to show: a bar inside the marker would only fray it.
    /// </summary>
    public static (double Low, double High)? Ends(ChartPoint point, AxisScale scale)
    {
        if (point is not { Y: not null, Low: { } low, High: { } high })
        {
            return null;
        }

        (double from, double to) = (scale.AtClamped(low), scale.AtClamped(high));
        return Math.Abs(to - from) > 2 * (Styles.MarkerRadius + 1) ? (from, to) : null;
    }
}
