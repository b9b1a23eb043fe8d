using C10k.Nodes;

namespace C10k.Harness.Charts;

/// <summary>Draws charts into a folder: SVG always, PNG too where the tool for it is installed.</summary>
internal static class ChartFiles
{
    /// <summary>Draws all of them. What cannot be drawn is told, and the others are drawn all the same.</summary>
    /// <param name="showPhase">Hears how far it is: a PNG takes a tenth of a second, and there may be hundreds.</param>
    public static void Draw(IReadOnlyList<Chart> charts, string folder, Action<string> tell, Action<string>? showPhase)
    {
        Directory.CreateDirectory(folder);
        var renderer = ChooseRenderer(tell);
        var failures = 0;
        foreach (var (number, chart) in charts.Index())
        {
            showPhase?.Invoke($"drawing chart {number + 1} of {charts.Count}");
            try
            {
                renderer.Render(chart, Path.Combine(folder, chart.Id));
            }
            catch (IOException failure)
            {
                // The others have failed for the same reason: where a disk is full, there may be hundreds.
                if (failures++ == 0)
                    tell($"chart {chart.Id}: {failure.Message}");
            }
        }
        if (failures > 1)
            tell($"nor could {failures - 1} other charts be drawn");
    }

    private static IChartRenderer ChooseRenderer(Action<string> tell)
    {
        var svg = new SvgChartRenderer();
        IChartRenderer usual = Executables.OnPath(PngChartRenderer.ToolName) is { } tool
            ? new PngChartRenderer(svg, tool)
            : svg;
#if SCOTTPLOT
        return new PreferredPng(svg, new ScottPlotChartRenderer(), usual, tell);
#else
        _ = tell;
        return usual;
#endif
    }
}
