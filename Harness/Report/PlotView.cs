using Microsoft.AspNetCore.Components;

namespace C10k.Harness.Report;

/// <summary>A chart in pixels.</summary>
/// <param name="Id">The chart's id.</param>
/// <param name="Metric">The column of the table that it shows, or nothing.</param>
/// <param name="Clients">The number of clients it is about; null where it is about all.</param>
/// <param name="Title">What is drawn.</param>
/// <param name="Explanation">How to read it, in a sentence.</param>
/// <param name="Notes">What must be said beside it.</param>
/// <param name="Picture">The whole picture where there is nothing to draw lines between; else empty.</param>
/// <param name="Lines">The lines, a model each.</param>
public sealed record PlotView(
    string Id,
    string? Metric,
    int? Clients,
    string Title,
    string Explanation,
    IReadOnlyList<string> Notes,
    MarkupString Picture,
    PlotFrame? Frame,
    IReadOnlyList<PlotLine> Lines
);

/// <summary>The axes of a plot.</summary>
/// <param name="Reading">How a script turns pixels of a time series back into figures; null where points tell theirs themselves.</param>
public sealed record PlotFrame(
    string XTitle,
    string YTitle,
    IReadOnlyList<PlotTick> XTicks,
    IReadOnlyList<PlotTick> YTicks,
    PlotReading? Reading = null
);

/// <summary>How a script turns the pixels of a time series back into seconds and figures.</summary>
/// <param name="ZeroX">The pixel of second 0.</param>
/// <param name="SecondsPerPixel">To the right.</param>
/// <param name="ZeroY">The pixel of figure 0, or of 1 on a logarithmic axis.</param>
/// <param name="PerPixel">What a pixel upwards is worth: of the figure, or of its decimal logarithm.</param>
/// <param name="Scale">Whether the axis is <c>linear</c> or <c>logarithmic</c>.</param>
/// <param name="Unit">What stands behind the figure.</param>
public sealed record PlotReading(
    string ZeroX,
    string SecondsPerPixel,
    string ZeroY,
    string PerPixel,
    string Scale,
    string Unit
);

/// <summary>How figures went in time, at one number of clients.</summary>
public sealed record TimeView(int Clients, IReadOnlyList<PlotView> Plots, IReadOnlyList<string> Notes);

/// <summary>A grid line at a pixel; without a label it belongs to the minor grid.</summary>
public sealed record PlotTick(string At, string? Label);

/// <summary>A line.</summary>
/// <param name="Path">Of the line itself.</param>
/// <param name="Intervals">Of the bars of its intervals.</param>
/// <param name="EndX">Where it ends.</param>
/// <param name="EndY">Where it ends, and its label would like to be.</param>
/// <param name="LabelY">Where its label is, if it is pinned.</param>
/// <param name="Label">The model's name, or as much of it as there is room for.</param>
/// <param name="Slot">Which pin it has, and with it its dashes; null where it is not pinned.</param>
public sealed record PlotLine(
    ModelView Model,
    string Path,
    string Intervals,
    string EndX,
    string EndY,
    string LabelY,
    string Label,
    int? Slot,
    IReadOnlyList<PlotMark> Marks
);

/// <summary>A point that was measured, with all there is to say about it.</summary>
public sealed record PlotMark(string X, string Y, bool Hollow, string Tip);
