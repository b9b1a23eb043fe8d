using C10k.Harness.Comparing;
using C10k.Harness.Report.Components;
using C10k.Harness.Results;

namespace C10k.Harness.Report;

/// <summary>The page of a comparison, and its rows as CSV beside it.</summary>
internal static class CompareReport
{
    /// <param name="folder">A folder that there is.</param>
    /// <returns>The path of the page.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static string Write(string folder, CompareBuilder builder, RunComparison comparison)
    {
        var full = Path.GetFullPath(folder);
        WholeFile.Write(Path.Combine(full, "compare.csv"), ComparisonText.ToCsv(comparison));
        var page = Path.Combine(full, "report.html");
        WholeFile.Write(page, PageRenderer.Render<ComparePage>(builder.Build(full)));
        return page;
    }
}
