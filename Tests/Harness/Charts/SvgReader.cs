using System.Globalization;
using System.Xml.Linq;
using C10k.Harness.Charts;

namespace C10k.Tests.Harness.Charts;

/// <summary>A text of a picture and the room it takes, on a cautious estimate.</summary>
internal sealed record SvgText(string Text, double Left, double Top, double Right, double Bottom)
{
    public bool Overlaps(SvgText other) =>
        Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;
}

/// <summary>Reads pictures back.</summary>
internal static class SvgReader
{
    public static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static XElement Draw(Chart chart) => XElement.Parse(SvgChartRenderer.ToSvg(chart));

    public static IEnumerable<XElement> All(this XElement svg, string name) => svg.Descendants(Svg + name);

    public static double Number(this XElement element, string attribute) =>
        double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);

    public static SvgText[] Texts(this XElement svg) => [.. svg.All("text").Select(Measure)];

    private static SvgText Measure(XElement text)
    {
        double size = text.Number("font-size");
        double width = TextWidth.Of(text.Value, size, bold: text.Attribute("font-weight") is not null);
        double left = text.Attribute("text-anchor")?.Value switch
        {
            "end" => text.Number("x") - width,
            "middle" => text.Number("x") - (width / 2),
            _ => text.Number("x"),
        };
        double baseline = text.Number("y");
        if (text.Attribute("transform") is not null)
            return Upwards(text.Value, text.Number("x"), baseline, width, size);
        return new SvgText(text.Value, left, baseline - (size * 0.75), left + width, baseline + (size * 0.22));
    }

    private static SvgText Upwards(string text, double baseline, double bottom, double length, double size) =>
        new(text, baseline - (size * 0.75), bottom - length, baseline + (size * 0.22), bottom);
}
