namespace C10k.Harness.Charts;

/// <summary>
/// Takes out of a chart what no renderer can draw: values that are not finite, and what a logarithmic axis has no place
/// for. The latter is said in a note.
/// </summary>
internal static class Drawable
{
    // A handful of points is named one by one; a whole distribution is not.
    private const int MostNamed = 4;
    private const int MostStrays = 6;

    // Partial figures may lie this far beyond all others before they are strays.
    private const double StrayFactor = 10;

    public static Chart Of(Chart chart)
    {
        var leftOut = new List<string>();
        Series[] series = [.. chart.Series.Select(s => Clean(s, chart, leftOut))];
        if (leftOut.Count > 0)
        {
            string note =
                $"Left out, because a logarithmic axis has no place for 0 and below: {string.Join("; ", leftOut)}.";
            chart = chart with { Notes = [note, .. chart.Notes] };
        }

        return WithoutStrays(chart with { Series = series });
    }

    // A case that served few clients may lie decades away from all others, which would then be one line. Its figure is said instead. Where
    // neither end of the axis is the better one, as with threads, figures of such a case mean what those of others mean.
    private static Chart WithoutStrays(Chart chart)
    {
        double[] whole =
        [
            .. chart.Series.SelectMany(s => s.Points).Where(p => !p.Partial).Select(p => p.Y).OfType<double>(),
        ];
        if (
            chart is not { Y.Scale: Scale.Logarithmic, X.Scale: not Scale.Percentile }
            || chart.Better == Better.Unstated
            || whole.Length == 0
        )
        {
            return chart;
        }

        (double low, double high) = (whole.Min() / StrayFactor, whole.Max() * StrayFactor);
        string[] strays =
        [
            .. from series in chart.Series
            from point in series.Points
            where IsStray(point)
            select $"{series.Name} {Figure.Of(point.Y!.Value, chart.Y.Unit)} at {TickLabel.Of(point.X, chart.X.Unit)}",
        ];
        return strays.Length == 0
            ? chart
            : chart with
            {
                Series =
                [
                    .. chart.Series.Select(s =>
                        s with
                        {
                            Points = [.. s.Points.Select(p => IsStray(p) ? new ChartPoint(p.X, null) : p)],
                        }
                    ),
                ],
                Notes = [$"Beyond this axis, of clients that were served: {Few(strays)}.", .. chart.Notes],
            };

        bool IsStray(ChartPoint point) => point is { Partial: true, Y: { } y } && (y < low || y > high);
    }

    private static string Few(string[] strays) =>
        strays.Length <= MostStrays
            ? string.Join("; ", strays)
            : $"{string.Join("; ", strays.Take(MostStrays))}; and {strays.Length - MostStrays} more";

    private static Series Clean(Series series, Chart chart, List<string> leftOut)
    {
        ChartPoint[] onAxis = [.. series.Points.Where(p => HasPlace(p.X, chart.X.Scale))];
        double[] lost = [.. onAxis.Where(p => IsLost(p, chart.Y.Scale)).Select(p => p.X)];
        if (lost.Length > 0)
        {
            leftOut.Add(Name(series, lost, chart.X.Unit));
        }

        return series with
        {
            Points = [.. onAxis.Select(p => Clean(p, chart.Y.Scale))],
        };
    }

    private static ChartPoint Clean(ChartPoint point, Scale scale) =>
        point.Y is { } y && HasPlace(y, scale)
            ? point with
            {
                Low = Finite(point.Low),
                High = Finite(point.High),
            }
            : new ChartPoint(point.X, null);

    private static bool IsLost(ChartPoint point, Scale scale) => Finite(point.Y) is { } y && !HasPlace(y, scale);

    private static bool HasPlace(double value, Scale scale) =>
        double.IsFinite(value)
        && scale switch
        {
            Scale.Logarithmic => value > 0,
            Scale.Percentile => value is >= 0 and < 100,
            _ => true,
        };

    private static double? Finite(double? value) => value is { } v && double.IsFinite(v) ? v : null;

    private static string Name(Series series, double[] at, Unit unit) =>
        at.Length > MostNamed
            ? $"{series.Name} at {at.Length} points"
            : $"{series.Name} at {string.Join(", ", at.Select(x => TickLabel.Of(x, unit)))}";
}
