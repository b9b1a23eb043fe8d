using C10k.Harness.Charts;
using Microsoft.AspNetCore.Components;

namespace C10k.Harness.Report;

/// <summary>The shapes of the markers, once for the whole page.</summary>
internal static class MarkerSymbols
{
    public static string IdOf(Marker marker) => $"mk{(int)marker}";

    /// <summary>The definitions that the plots refer to.</summary>
    public static MarkupString Definitions { get; } =
        new(string.Concat(Enum.GetValues<Marker>().Select(marker => $"<g id=\"{IdOf(marker)}\">{Shape(marker)}</g>")));

    private static string Shape(Marker marker) =>
        marker == Marker.Circle
            ? $"<circle r=\"{PlotBuilder.Pixels(Styles.MarkerRadius)}\"/>"
            : $"<polygon points=\"{string.Join(' ', MarkerShapes.Corners(marker, Styles.MarkerRadius).Select(c => $"{PlotBuilder.Pixels(c.X)},{PlotBuilder.Pixels(c.Y)}"))}\"/>";
}
