namespace C10k.Harness.Charts;

/// <summary>How a line looks. <paramref name="Dash"/> is SVG's: lengths of stroke and gap.</summary>
internal sealed record Stroke(string Colour, double Width, string? Dash = null, double Opacity = 1);

/// <summary>How a text looks.</summary>
internal sealed record TextStyle(double Size, string Colour, bool Bold = false)
{
    /// <summary>How far below the middle of small letters the baseline is.</summary>
    public double BelowMiddle => Size * 0.35;
}

internal enum Anchor
{
    Start,
    Middle,
    End,
}

/// <summary>The few things a chart is drawn with, in pixels; y grows downwards.</summary>
internal interface ICanvas
{
    void Line(double x1, double y1, double x2, double y2, Stroke stroke);

    void Polyline(IEnumerable<(double X, double Y)> points, Stroke stroke);

    /// <summary>A filled marker, or a hollow one; <paramref name="tip"/> is shown when the pointer rests on it, where that is possible.</summary>
    void Marker(double x, double y, double radius, Marker marker, string colour, bool hollow, string tip);

    void Rectangle(Box box, string fill, Stroke rim);

    /// <summary>Lines apart from each other.</summary>
    void Segments(IEnumerable<((double X, double Y) From, (double X, double Y) To)> lines, Stroke stroke);

    /// <summary>Text with its baseline at y.</summary>
    void Text(double x, double y, string text, TextStyle style, Anchor anchor = Anchor.Start);

    /// <summary>Text that is read from below, in a column centred on x; it begins at y.</summary>
    void TextUpwards(double x, double y, string text, TextStyle style);

    /// <summary>Text whose small letters are centred on y. Not every program knows SVG's dominant-baseline.</summary>
    void TextAround(double x, double y, string text, TextStyle style, Anchor anchor = Anchor.Start) =>
        Text(x, y + style.BelowMiddle, text, style, anchor);
}
