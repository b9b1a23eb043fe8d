using System.Globalization;
using System.Text;
using C10k.Harness.Charts;
using Microsoft.AspNetCore.Components;

namespace C10k.Harness.Report;

/// <summary>Turns a chart into lines of the page, which can be lit, pinned and filtered one by one.</summary>
internal static class PlotBuilder
{
    /// <summary>The size of every plot, in the units of its view box.</summary>
    public const int Width = 632;

    /// <inheritdoc cref="Width"/>
    public const int Height = 340;

    /// <summary>How many points a time series keeps: one for every five pixels, because a page holds hundreds of such lines.</summary>
    public const int MostPoints = 72;

    private const double LabelHeight = 15;
    private const double LabelGap = 16;

    /// <summary>Where lines are drawn; the names of the pinned stand to its right.</summary>
    public static readonly Box Plot = new(68, 30, 446, 292);

    public static PlotView Of(
        Chart chart,
        string? metric,
        int? clients,
        string explanation,
        IReadOnlyDictionary<string, ModelView> models,
        IReadOnlyList<string> pins
    )
    {
        var drawable = Drawable.Of(chart);
        var view = new PlotView(
            chart.Id,
            metric,
            clients,
            Title(chart),
            explanation,
            drawable.Notes,
            default,
            null,
            []
        );
        if (PlotValues.OfX(drawable).Distinct().Take(2).Count() < 2)
            return view with { Picture = new MarkupString(SvgChartRenderer.ToSvg(drawable with { Notes = [] })) };
        var x = new AxisScale(drawable.X, PlotValues.OfX(drawable), Plot.Left, Plot.Right, room: 56);
        var y = new AxisScale(drawable.Y, PlotValues.OfY(drawable), Plot.Bottom, Plot.Top, room: 30);
        return view with
        {
            Frame = new PlotFrame(drawable.X.Title, drawable.Y.Title, Ticks(x), Ticks(y)),
            Lines = Lines(drawable, x, y, models, pins),
        };
    }

    /// <summary>A time series: lines without marks, which a script can read at any time.</summary>
    public static PlotView OfTime(
        Chart chart,
        int clients,
        string explanation,
        IReadOnlyDictionary<string, ModelView> models,
        IReadOnlyList<string> pins
    )
    {
        var x = new AxisScale(chart.X, PlotValues.OfX(chart), Plot.Left, Plot.Right, room: 56);
        var y = new AxisScale(chart.Y, PlotValues.OfY(chart), Plot.Bottom, Plot.Top, room: 30);
        var logarithmic = chart.Y.Scale == Scale.Logarithmic;
        var (zero, one) = logarithmic ? (1, 10) : (0, 1);
        var reading = new PlotReading(
            Pixels(x.At(0)),
            Worth(x.At(1e6) - x.At(0)),
            Pixels(y.At(zero)),
            Worth(y.At(zero) - y.At(one)),
            logarithmic ? "logarithmic" : "linear",
            chart.Y.Unit == Unit.Megabytes ? "MB" : ""
        );
        return new PlotView(chart.Id, null, clients, chart.Title, explanation, [], default, null, [])
        {
            Frame = new PlotFrame(chart.X.Title, chart.Y.Title, Ticks(x), Ticks(y), reading),
            Lines =
            [
                .. Lines(chart, x, y, models, pins)
                    .Zip(
                        chart.Series.OrderBy(series => pins.Contains(series.Id)),
                        (line, series) =>
                            line with
                            {
                                Path = ShortPath(Thin(series).Select(p => (x.At(p.Seconds), y.At(p.Value)))),
                                Marks = [],
                            }
                    ),
            ],
        };
    }

    private static IEnumerable<TimePoint> Thin(Series series) =>
        TimeLine.Thin([.. series.Points.Select(point => new TimePoint(point.X, point.Y!.Value))], MostPoints);

    private static string Worth(double pixels) => (1 / pixels).ToString("G5", CultureInfo.InvariantCulture);

    /// <summary>A line from point to point, with nothing for a point on a level stretch: a page holds many of these.</summary>
    public static string ShortPath(IEnumerable<(double X, double Y)> places)
    {
        var points = places.Select(place => (X: Math.Round(place.X), Y: Math.Round(place.Y, 1))).ToList();
        var path = new StringBuilder($"M{Pixels(points[0].X)} {Pixels(points[0].Y)}");
        var last = points[0];
        for (var n = 1; n < points.Count; n++)
        {
            if (n + 1 < points.Count && points[n].Y == last.Y && points[n + 1].Y == last.Y)
                continue;
            Step(path, last, points[n]);
            last = points[n];
        }
        return path.ToString();
    }

    /// <summary>A number of pixels, as short as can be.</summary>
    public static string Pixels(double value) =>
        (Math.Round(value, 1) + 0.0).ToString("0.#", CultureInfo.InvariantCulture);

    // Without the nought before the point.
    private static string Short(double step)
    {
        var digits = (Math.Round(step, 1) + 0.0).ToString("#.#", CultureInfo.InvariantCulture);
        return digits.Length == 0 ? "0" : digits;
    }

    private static string Title(Chart chart) =>
        chart.Better switch
        {
            Better.Higher => $"{chart.Title} (higher is better)",
            Better.Lower => $"{chart.Title} (lower is better)",
            _ => chart.Title,
        };

    private static List<PlotTick> Ticks(AxisScale scale) =>
        [.. scale.Ticks.Select(tick => new PlotTick(Pixels(scale.At(tick.Value)), tick.Label))];

    private static List<PlotLine> Lines(
        Chart chart,
        AxisScale x,
        AxisScale y,
        IReadOnlyDictionary<string, ModelView> models,
        IReadOnlyList<string> pins
    )
    {
        var drawn = chart.Series.Where(series => series.Points.Any(point => point.Y is not null)).ToList();
        var ends = drawn.ToDictionary(series => series.Id, series => y.At(Last(series).Y!.Value));
        var pinned = pins.Where(ends.ContainsKey).ToList();
        var places = LabelPlacement.Spread([.. pinned.Select(pin => ends[pin])], LabelHeight, Plot.Top, Plot.Bottom);
        return
        [
            .. drawn
                .OrderBy(series => pinned.Contains(series.Id))
                .Select(series =>
                {
                    var pin = pinned.IndexOf(series.Id);
                    return new PlotLine(
                        models[series.Id],
                        Path(series, x, y),
                        Intervals(series, x, y),
                        Pixels(x.At(Last(series).X)),
                        Pixels(ends[series.Id]),
                        Pixels(pin < 0 ? ends[series.Id] : places[pin]),
                        TextWidth.Cut(series.Name, Styles.Label.Size, Width - Plot.Right - LabelGap),
                        pin < 0 ? null : pins.ToList().IndexOf(series.Id),
                        Marks(chart, series, x, y)
                    );
                }),
        ];
    }

    private static ChartPoint Last(Series series) => series.Points.Last(point => point.Y is not null);

    private static string Path(Series series, AxisScale x, AxisScale y)
    {
        var path = new StringBuilder();
        (double X, double Y)? last = null;
        foreach (var point in series.Points)
        {
            if (point.Y is not { } value)
            {
                last = null;
                continue;
            }
            var at = (X: Math.Round(x.At(point.X), 1), Y: Math.Round(y.At(value), 1));
            if (last is not { } from)
                path.Append('M').Append(Pixels(at.X)).Append(' ').Append(Pixels(at.Y));
            else if (at != from)
                Step(path, from, at);
            last = at;
        }
        return path.ToString();
    }

    // Steps take fewer digits than places.
    private static void Step(StringBuilder path, (double X, double Y) from, (double X, double Y) to)
    {
        var down = Short(to.Y - from.Y);
        path.Append('l').Append(Short(to.X - from.X)).Append(down.StartsWith('-') ? "" : " ").Append(down);
    }

    private static string Intervals(Series series, AxisScale x, AxisScale y) =>
        string.Concat(
            from point in series.Points
            let ends = IntervalBar.Ends(point, y)
            where ends is not null
            select $"M{Pixels(x.At(point.X))} {Pixels(ends.Value.Low)}V{Pixels(ends.Value.High)}"
        );

    private static List<PlotMark> Marks(Chart chart, Series series, AxisScale x, AxisScale y) =>
        [
            .. MarkedPoints
                .Of(series, x)
                .Select(point => new PlotMark(
                    Pixels(x.At(point.X)),
                    Pixels(y.At(point.Y!.Value)),
                    point.Partial,
                    Figure.Describe(chart, series, point)
                )),
        ];
}
