using C10k.Harness.Charts;
using C10k.Harness.Results;
using Microsoft.AspNetCore.Components;

namespace C10k.Harness.Report;

/// <summary>The small pictures inside the table. They are made of numbers only, so there is nothing to encode.</summary>
internal static class MiniPlots
{
    private const double SparkWidth = 64;
    private const double SparkHeight = 18;
    private const double DotsWidth = 320;
    private const double RoundHeight = 16;
    private const double SeriesTop = 16;
    private const double SeriesHeight = 66;
    private const double DecadesWidth = 220;
    private const double ChangeWidth = 180;

    /// <summary>A line through the figures, each at the same distance from the next; a figure that is missing is a gap.</summary>
    public static MarkupString Spark(IReadOnlyList<double?> figures)
    {
        var most = figures.Max() ?? 0;
        if (figures.Count < 2 || most <= 0)
            return default;
        var points = figures
            .Select((figure, n) => (X: 3 + (n * (SparkWidth - 6) / (figures.Count - 1)), Y: figure))
            .ToList();
        var path = "";
        for (var n = 0; n < points.Count; n++)
        {
            if (points[n].Y is { } y)
                path += $"{(n > 0 && points[n - 1].Y is not null ? 'L' : 'M')}{At(points[n].X)} {At(Up(y))}";
        }
        // Lines of no length, which have round ends.
        var dots = string.Concat(points.Where(p => p.Y is not null).Select(p => $"M{At(p.X)} {At(Up(p.Y!.Value))}h0"));
        return Small("spark", $"<path d=\"{path}\"/><path class=\"dots\" d=\"{dots}\"/>");

        double Up(double y) => SparkHeight - 3 - (y / most * (SparkHeight - 6));
    }

    /// <summary>A ratio as a dot with its interval, on a scale from 0 to <paramref name="most"/>; the line stands at 1.</summary>
    public static MarkupString Ratio(double ratio, double? low, double? high, double most)
    {
        var bar = low is null || high is null ? "" : $"<path class=\"bar\" d=\"M{X(low.Value)} 7H{X(high.Value)}\"/>";
        return Small(
            "ratio",
            $"<path class=\"one\" d=\"M{X(1)} 0V14\"/>{bar}<circle cx=\"{X(ratio)}\" cy=\"7\" r=\"3.2\"/>"
        );

        string X(double value) => At(3 + (Math.Clamp(value / most, 0, 1) * (SparkWidth - 6)));
    }

    /// <summary>A time as a dot on a logarithmic scale, with a line at every power of ten and a thick one at every thousand.</summary>
    /// <param name="value">In nanoseconds.</param>
    /// <param name="all">All that have a place on the same scale.</param>
    public static MarkupString Decades(double? value, IReadOnlyList<double> all)
    {
        if (value is not > 0)
            return default;
        var low = (int)Math.Floor(Math.Log10(all.Min()));
        var high = Math.Max(low + 1, (int)Math.Ceiling(Math.Log10(all.Max())));
        var lines = string.Concat(
            from decade in Enumerable.Range(low, high - low + 1)
            let name = decade % 3 == 0 ? "thousand" : "ten"
            select $"<path class=\"{name}\" d=\"M{X(decade)} 0V16\"/>"
        );
        return Svg(
            "decades",
            DecadesWidth,
            16,
            $"{lines}<path class=\"bar\" d=\"M{X(low)} 8H{X(Math.Log10(value.Value))}\"/><circle cx=\"{X(Math.Log10(value.Value))}\" cy=\"8\" r=\"4\"/>"
        );

        string X(double power) => At(4 + ((power - low) / (high - low) * (DecadesWidth - 8)));
    }

    /// <summary>A change as a dot with its interval, on a logarithmic scale from 1/<paramref name="most"/> to it; the line stands at 1.</summary>
    public static MarkupString Change(double ratio, double? low, double? high, double most)
    {
        var bar = low is null || high is null ? "" : $"<path class=\"bar\" d=\"M{X(low.Value)} 8H{X(high.Value)}\"/>";
        return Svg(
            "change",
            ChangeWidth,
            16,
            $"<path class=\"one\" d=\"M{X(1)} 0V16\"/>{bar}<circle cx=\"{X(ratio)}\" cy=\"8\" r=\"4\"/>"
        );

        string X(double value) =>
            At((ChangeWidth / 2) + (Math.Clamp(Math.Log(value) / Math.Log(most), -1, 1) * ((ChangeWidth / 2) - 5)));
    }

    /// <summary>Throughput of every window as a dot, a line for each round.</summary>
    public static MarkupString Rounds(IReadOnlyList<WindowRow> windows)
    {
        if (windows.Count == 0)
            return default;
        var rounds = windows.Select(window => window.Round).Distinct().Order().ToList();
        var axis = new AxisScale(
            new Axis("requests per second", Unit.Count, Scale.Linear),
            windows.Select(window => window.ThroughputRps),
            58,
            DotsWidth - 16,
            room: 90
        );
        var bottom = rounds.Count * RoundHeight;
        var lines = rounds.Select((_, n) => $"M58 {At(Middle(n))}H{At(DotsWidth - 16)}");
        var dots = rounds.Select((round, n) => Round(round, [.. windows.Where(window => window.Round == round)], n));
        return Svg(
            "rounds",
            DotsWidth,
            bottom + 18,
            $"<path d=\"{string.Concat(lines)}\"/>{string.Concat(dots)}{Labels(axis, bottom + 13)}"
        );

        // Lines of no length, which have round ends: a page holds many of these.
        string Round(int round, IReadOnlyList<WindowRow> its, int n) =>
            $"<text y=\"{At(Middle(n) + 4)}\">round {round}</text><path class=\"dots\" d=\""
            + string.Concat(its.Select(window => $"M{At(axis.At(window.ThroughputRps))} {At(Middle(n))}h0"))
            + $"\"><title>{string.Join(", ", its.Select(window => Figure.Of(window.ThroughputRps, Unit.Count)))} requests/s</title></path>";

        static double Middle(int n) => (n + 0.5) * RoundHeight;
    }

    /// <summary>Requests a second between samples, over all windows one after the other; thinned to what can be seen.</summary>
    public static MarkupString Series(IReadOnlyList<SampleRow> samples)
    {
        var line = TimeLine.Thin(TimeLine.Rates(samples), PlotBuilder.MostPoints);
        var most = line.Select(point => point.Value).DefaultIfEmpty(0).Max();
        if (line.Count < 3 || most <= 0)
            return default;
        var seconds = line[^1].Seconds;
        var path = PlotBuilder.ShortPath(
            line.Select(point =>
                (point.Seconds / seconds * DotsWidth, SeriesHeight - (point.Value / most * (SeriesHeight - SeriesTop)))
            )
        );
        return Svg(
            "series",
            DotsWidth,
            SeriesHeight + RoundHeight,
            $"<text y=\"11\">{Figure.Of(most, Unit.Count)} requests/s</text>"
                + $"<path d=\"M0 {At(SeriesTop)}H{At(DotsWidth)}M0 {At(SeriesHeight)}H{At(DotsWidth)}\"/><path class=\"rate\" d=\"{path}\"/>"
                + $"<text y=\"{At(SeriesHeight + 13)}\">0</text><text class=\"end\" x=\"{At(DotsWidth)}\" y=\"{At(SeriesHeight + 13)}\">{TickLabel.Of(seconds * 1e6, Unit.Microseconds)}</text>"
        );
    }

    private static string Labels(AxisScale axis, double y) =>
        string.Concat(
            axis.Ticks.Where(tick => tick.Label is not null)
                .Select(tick =>
                    $"<text class=\"tick\" x=\"{At(axis.At(tick.Value))}\" y=\"{At(y)}\">{tick.Label}</text>"
                )
        );

    // Of these there are two in a row of the table: the style knows how big they are.
    private static MarkupString Small(string name, string content) =>
        new($"<svg class=\"{name}\" aria-hidden=\"true\">{content}</svg>");

    private static MarkupString Svg(string name, double width, double height, string content) =>
        new(
            $"<svg class=\"{name}\" width=\"{At(width)}\" height=\"{At(height)}\" aria-hidden=\"true\">{content}</svg>"
        );

    private static string At(double value) => PlotBuilder.Pixels(value);
}
