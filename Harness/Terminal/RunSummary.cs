using C10k.Harness.Charts;
using C10k.Harness.Judging;
using C10k.Harness.Report;
using C10k.Harness.Results;

namespace C10k.Harness.Terminal;

/// <summary>What is shown of a run when it is over: tables, the most telling findings, and where the rest is.</summary>
internal static class RunSummary
{
    private const int MostFindings = 3;

    /// <param name="hasPage">Whether its page was made; of one that could not be, on a full disk, it was told why.</param>
    public static void Show(IReadOnlyList<SummaryRow> rows, ResultsFolder folder, bool hasPage)
    {
        var width = Consoles.Output.Profile.Width;
        var workloads = rows.GroupBy(row => row.Workload).OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
        foreach (var workload in workloads)
        {
            if (workloads.Count > 1)
                Console.WriteLine($"workload {workload.Key}");
            Consoles.Output.Write(SummaryTable.Make(workload, width));
        }
        // Not through Spectre, which would break a path in two.
        foreach (var reason in SummaryTable.Reasons(rows))
            Console.WriteLine(reason);
        ShowCrossCheck(folder);
        foreach (var line in Findings(rows, KeyOf(folder)).SelectMany(finding => Wrapped(finding, width)))
            Console.WriteLine(line);
        foreach (var line in WhereItIs(folder, hasPage))
            Console.WriteLine(line);
    }

    /// <summary>Where the results are.</summary>
    public static IEnumerable<string> WhereItIs(ResultsFolder folder, bool hasPage)
    {
        if (hasPage)
            yield return $"report:  {folder.ReportHtml}";
        yield return $"charts:  {folder.Charts}";
        yield return $"figures: {folder.SummaryCsv}";
        if (hasPage)
            yield return $"open it: {HowToOpen(folder.ReportHtml, Environment.GetEnvironmentVariable)}";
    }

    /// <summary>The first sentences of one workload, or the first of each of several.</summary>
    /// <param name="keyOf">The figure that a workload is about.</param>
    public static IEnumerable<string> Findings(IReadOnlyList<SummaryRow> rows, Func<string, CaseMetric> keyOf)
    {
        var found = rows.GroupBy(row => row.Workload)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (group.Key, Sentences: Report.Findings.Of([.. group], keyOf(group.Key))))
            .ToList();
        return found.Count == 1
            ? found[0].Sentences.Take(MostFindings)
            : found.Take(MostFindings).Select(workload => $"{workload.Key}: {workload.Sentences[0]}");
    }

    private static void ShowCrossCheck(ResultsFolder folder)
    {
        if (!File.Exists(folder.CrossCheckCsv))
            return;
        var checks = CrossCheck.Of(CsvFile.Read<CrossCheckRow>(folder.CrossCheckCsv));
        Consoles.Output.Write(CrossCheckTable.Make(checks));
        foreach (var note in CrossCheckTable.Notes(checks))
            Console.WriteLine(note);
    }

    private static Func<string, CaseMetric> KeyOf(ResultsFolder folder)
    {
        try
        {
            return RunData.Read(folder).KeyOf;
        }
        catch (IOException)
        {
            return _ => ChartSet.Metrics[0]; // What is wrong with the files was told when the report could not be made.
        }
    }

    /// <summary>A paragraph with a bullet, in lines of at most so many characters where words allow it.</summary>
    public static IEnumerable<string> Wrapped(string text, int width)
    {
        var line = "•";
        foreach (var word in text.Split(' '))
        {
            if (line.Length + 1 + word.Length > width && line.Length > 2)
            {
                yield return line;
                line = " ";
            }
            line += " " + word;
        }
        yield return line;
    }

    /// <summary>A command where there is a desktop to open it on; else an address, which many terminals make a link of.</summary>
    public static string HowToOpen(string page, Func<string, string?> variable) =>
        variable("DISPLAY") is { Length: > 0 } || variable("WAYLAND_DISPLAY") is { Length: > 0 }
            ? $"xdg-open {(page.Contains(' ', StringComparison.Ordinal) ? $"'{page}'" : page)}"
            : $"{new Uri(page).AbsoluteUri} in a browser";
}
