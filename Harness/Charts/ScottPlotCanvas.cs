#if SCOTTPLOT
using System.Globalization;
using ScottPlot;

namespace C10k.Harness.Charts;

/// <summary>Draws on a ScottPlot without a frame, whose axes count pixels from the upper left corner.</summary>
internal sealed class ScottPlotCanvas(Plot plot) : ICanvas
{
    // Those of the SVG. There, Liberation Sans stands in for Helvetica by itself; ScottPlot has to be told.
    private static readonly string[] _fonts =
    [
        "Helvetica Neue",
        "Helvetica",
        "Arial",
        "Liberation Sans",
        "DejaVu Sans",
    ];

    private static readonly string _font = Array.Find(_fonts, IsInstalled) ?? Fonts.Sans;

    public void Line(double x1, double y1, double x2, double y2, Stroke stroke) =>
        Polyline([(x1, y1), (x2, y2)], stroke);

    public void Polyline(IEnumerable<(double X, double Y)> points, Stroke stroke)
    {
        var line = plot.Add.ScatterLine(Places(points));
        line.LineStyle = StyleOf(stroke);
    }

    public void Segments(IEnumerable<((double X, double Y) From, (double X, double Y) To)> lines, Stroke stroke)
    {
        foreach (var (from, to) in lines)
            Polyline([from, to], stroke);
    }

    public void Rectangle(Box box, string fill, Stroke rim)
    {
        var rectangle = plot.Add.Rectangle(box.Left, box.Right, box.Bottom, box.Top);
        rectangle.FillColor = Color.FromHex(fill);
        rectangle.LineStyle = StyleOf(rim);
    }

    public void Marker(double x, double y, double radius, Marker marker, string colour, bool hollow, string tip)
    {
        var fill = Color.FromHex(hollow ? Palette.Paper : colour);
        var rim = StyleOf(Charts.Markers.Rim(colour, hollow));
        if (marker == Charts.Marker.Circle)
        {
            var circle = plot.Add.Circle(x, y, radius);
            (circle.FillColor, circle.LineStyle) = (fill, rim);
        }
        else
        {
            var corners = MarkerShapes.Corners(marker, radius).Select(c => (x + c.X, y + c.Y));
            var polygon = plot.Add.Polygon(Places(corners));
            (polygon.FillColor, polygon.LineStyle) = (fill, rim);
        }
    }

    public void Text(double x, double y, string text, TextStyle style, Anchor anchor = Anchor.Start)
    {
        var label = Add(x, y, text, style);
        label.LabelAlignment = anchor switch
        {
            Anchor.Start => Alignment.LowerLeft,
            Anchor.Middle => Alignment.LowerCenter,
            _ => Alignment.LowerRight,
        };
        label.OffsetY = BelowBaseline(label);
    }

    public void TextUpwards(double x, double y, string text, TextStyle style)
    {
        var label = Add(x + style.BelowMiddle, y, text, style);
        label.LabelAlignment = Alignment.LowerLeft;
        label.LabelRotation = -90;
        label.OffsetX = BelowBaseline(label);
    }

    private ScottPlot.Plottables.Text Add(double x, double y, string text, TextStyle style)
    {
        var label = plot.Add.Text(text, x, y);
        label.LabelFontName = FontFor(text);
        label.LabelFontSize = (float)style.Size;
        label.LabelFontColor = Color.FromHex(style.Colour);
        label.LabelBold = style.Bold;
        return label;
    }

    // ScottPlot aligns what is below the baseline too.
    private static float BelowBaseline(ScottPlot.Plottables.Text label)
    {
        using var paint = Paint.NewDisposablePaint();
        return label.LabelStyle.Measure(paint).Bottom;
    }

    private static LineStyle StyleOf(Stroke stroke) =>
        new((float)stroke.Width, Color.FromHex(stroke.Colour).WithOpacity(stroke.Opacity), PatternOf(stroke.Dash));

    private static LinePattern PatternOf(string? dash) =>
        dash is null
            ? LinePattern.Solid
            : new LinePattern(
                [.. dash.Split(' ').Select(length => float.Parse(length, CultureInfo.InvariantCulture))],
                0,
                dash
            );

    private static Coordinates[] Places(IEnumerable<(double X, double Y)> points) =>
        [.. points.Select(point => new Coordinates(point.X, point.Y))];

    // Asked for what is not there, ScottPlot gives another.
    private static bool IsInstalled(string font) =>
        Fonts.GetTypeface(font, bold: false, italic: false).FamilyName == font;

    // Names of models and workloads may be in any script.
    private static string FontFor(string text) =>
        Fonts.CountMissingGlyphs(_font, Fonts.GetStandaloneCodePoints(text)) == 0 ? _font : Fonts.Detect(text);
}
#endif
