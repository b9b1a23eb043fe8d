using C10k.Harness.Charts;
using C10k.Harness.Results;

namespace C10k.Harness.Report;

/// <summary>
/// Draws the charts and the page of a run. Both come from what lies in its folder and from nothing else, so that they can be made again,
/// byte for byte.
/// </summary>
internal static class RunReport
{
    /// <inheritdoc cref="Write(ResultsFolder, RunData, Action{string}, Action{string}?)"/>
    /// <exception cref="CsvFormatException">A file of the run is not what it should be.</exception>
    public static void Write(ResultsFolder folder, Action<string> tell, Action<string>? showPhase = null) =>
        Write(folder, RunData.Read(folder), tell, showPhase);

    /// <exception cref="IOException">The page cannot be written.</exception>
    /// <param name="data">What stands in the folder.</param>
    /// <param name="tell">Hears of what cannot be drawn.</param>
    /// <param name="showPhase">Hears what is being done.</param>
    public static void Write(ResultsFolder folder, RunData data, Action<string> tell, Action<string>? showPhase = null)
    {
        ChartFiles.Draw(ChartSet.Of(data.ForCharts), folder.Charts, tell, showPhase);
        showPhase?.Invoke("writing the page");
        WholeFile.Write(folder.ReportHtml, PageRenderer.Render(PageBuilder.Build(data)));
    }
}
