using System.Globalization;
using System.Text;
using System.Xml;

namespace C10k.Harness.Charts;

/// <summary>
/// Writes the few SVG elements a chart needs. Everything is a presentation attribute, without ids and style sheets, so
/// that several pictures can stand in one page without touching each other.
/// </summary>
internal sealed class SvgWriter : ICanvas, IDisposable
{
    private const string Namespace = "http://www.w3.org/2000/svg";
    private const string Fonts = "'Helvetica Neue', Helvetica, Arial, 'DejaVu Sans', sans-serif";

    private static readonly XmlWriterSettings _settings = new()
    {
        Indent = true,
        NewLineChars = "\n",
        OmitXmlDeclaration = true,
    };

    private readonly StringBuilder _text = new();
    private readonly XmlWriter _xml;

    public SvgWriter(double width, double height, string title)
    {
        _xml = XmlWriter.Create(_text, _settings);
        _xml.WriteStartElement("svg", Namespace);
        Attributes(("width", width), ("height", height), ("viewBox", $"0 0 {Number(width)} {Number(height)}"));
        Attributes(("font-family", Fonts), ("role", "img"));
        Title(title);
        Element("rect", ("width", width), ("height", height), ("fill", Palette.Paper));
    }

    public void Line(double x1, double y1, double x2, double y2, Stroke stroke) =>
        Stroked("line", stroke, ("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2));

    public void Polyline(IEnumerable<(double X, double Y)> points, Stroke stroke) =>
        Stroked("polyline", stroke, ("points", Points(points)), ("fill", "none"), ("stroke-linejoin", "round"));

    public void Marker(double x, double y, double radius, Marker marker, string colour, bool hollow, string tip)
    {
        _xml.WriteStartElement("g", Namespace);
        Title(tip);
        Stroke rim = Markers.Rim(colour, hollow);
        (string, object) fill = ("fill", hollow ? Palette.Paper : colour);
        if (marker == Charts.Marker.Circle)
        {
            Stroked("circle", rim, ("cx", x), ("cy", y), ("r", radius), fill);
        }
        else
        {
            var corners = MarkerShapes.Corners(marker, radius).Select(c => (x + c.X, y + c.Y));
            Stroked("polygon", rim, ("points", Points(corners)), fill);
        }

        _xml.WriteEndElement();
    }

    public void Rectangle(Box box, string fill, Stroke rim)
    {
        (string, object) width = ("width", box.Width);
        (string, object) height = ("height", box.Height);
        Stroked("rect", rim, ("x", box.Left), ("y", box.Top), width, height, ("fill", fill));
    }

    // As one element.
    public void Segments(IEnumerable<((double X, double Y) From, (double X, double Y) To)> lines, Stroke stroke) =>
        Stroked("path", stroke, ("d", string.Concat(lines.Select(line => $"M{Point(line.From)}L{Point(line.To)}"))));

    public void Text(double x, double y, string text, TextStyle style, Anchor anchor = Anchor.Start) =>
        Text(text, style, anchor, ("x", x), ("y", y));

    public void TextUpwards(double x, double y, string text, TextStyle style)
    {
        double baseline = x + style.BelowMiddle;
        string turn = $"rotate(-90 {Number(baseline)} {Number(y)})";
        Text(text, style, Anchor.Start, ("x", baseline), ("y", y), ("transform", turn));
    }

    /// <summary>Ends the picture and returns it.</summary>
    public string Finish()
    {
        _xml.WriteEndElement();
        _xml.Flush();
        return _text.Append('\n').ToString();
    }

    public void Dispose() => _xml.Dispose();

    private void Text(string text, TextStyle style, Anchor anchor, params ReadOnlySpan<(string, object)> place)
    {
        _xml.WriteStartElement("text", Namespace);
        Attributes(place);
        Attributes(("font-size", style.Size), ("fill", style.Colour));
        if (style.Bold)
        {
            Attributes(("font-weight", "bold"));
        }

        if (anchor != Anchor.Start)
        {
            Attributes(("text-anchor", anchor == Anchor.End ? "end" : "middle"));
        }

        _xml.WriteString(Legal(text));
        _xml.WriteEndElement();
    }

    private void Stroked(string element, Stroke stroke, params ReadOnlySpan<(string, object)> attributes)
    {
        _xml.WriteStartElement(element, Namespace);
        Attributes(attributes);
        Attributes(("stroke", stroke.Colour), ("stroke-width", stroke.Width));
        if (stroke.Dash is { } dash)
        {
            Attributes(("stroke-dasharray", dash));
        }

        if (stroke.Opacity < 1)
        {
            Attributes(("stroke-opacity", stroke.Opacity));
        }

        _xml.WriteEndElement();
    }

    private void Title(string text) => _xml.WriteElementString("title", Namespace, Legal(text));

    private void Element(string name, params ReadOnlySpan<(string, object)> attributes)
    {
        _xml.WriteStartElement(name, Namespace);
        Attributes(attributes);
        _xml.WriteEndElement();
    }

    private void Attributes(params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        foreach ((string name, object value) in attributes)
        {
            _xml.WriteAttributeString(name, value is double number ? Number(number) : (string)value);
        }
    }

    private static string Points(IEnumerable<(double X, double Y)> points) => string.Join(' ', points.Select(Point));

    private static string Point((double X, double Y) point) => $"{Number(point.X)},{Number(point.Y)}";

    // The sum turns -0 into 0.
    private static string Number(double value) =>
        (Math.Round(value, 2) + 0.0).ToString("0.##", CultureInfo.InvariantCulture);

    // XML has no place for most control characters, not even as &#1;.
    private static string Legal(string text)
    {
        var legal = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
            {
                legal.Append(text[i]).Append(text[++i]);
            }
            else
            {
                legal.Append(XmlConvert.IsXmlChar(text[i]) ? text[i] : '\uFFFD');
            }
        }

        return legal.ToString();
    }
}
