using C10k.CommandLine;
using C10k.Harness.Judging;
using C10k.Harness.Results;

namespace C10k.Harness.Comparing;

/// <summary>The results of a run, as they stand in its folder.</summary>
internal sealed record RunFiles(
    string Path,
    IReadOnlyDictionary<CaseKey, SummaryRow> Cases,
    IReadOnlyList<WindowRow> Windows,
    IReadOnlyDictionary<string, string> Environment
)
{
    /// <exception cref="UsageException">There are no results.</exception>
    public static RunFiles Read(string path)
    {
        try
        {
            var folder = ResultsFolder.Open(path);
            var rows = CsvFile.Read<SummaryRow>(folder.SummaryCsv);
            return new RunFiles(
                path,
                // Of a case that was run again the later row counts.
                rows.GroupBy(CaseKey.Of).ToDictionary(group => group.Key, group => group.Last()),
                CsvFile.Read<WindowRow>(folder.WindowsCsv),
                EnvironmentDifferences.Read(folder.EnvironmentJson)
            );
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(unreadable.Message);
        }
    }
}
