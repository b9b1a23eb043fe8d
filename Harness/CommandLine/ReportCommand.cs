using System.CommandLine;
using C10k.CommandLine;
using C10k.Contract;
using C10k.Harness.Report;
using C10k.Harness.Results;
using C10k.Harness.Terminal;

namespace C10k.Harness.CommandLine;

/// <summary>Makes the charts and the page of an earlier run again.</summary>
internal static class ReportCommand
{
    private static readonly Argument<string> Folder = new("DIR")
    {
        Description = "The folder of a run, such as results/latest.",
    };

    public static Command Create()
    {
        var report = new Command("report", "Draw the charts and the page of a run again, from its CSV files alone.");
        report.Arguments.Add(Folder);
        report.SetAction(parsed => Write(parsed.GetValue(Folder)!));
        return report;
    }

    /// <summary>Makes them at the end of a run. What cannot be made costs no figure, and is told.</summary>
    /// <returns>Whether there is a page.</returns>
    public static bool AtEndOf(ResultsFolder folder, IRunDisplay display)
    {
        display.EndCases();
        try
        {
            RunReport.Write(folder, display.Note, display.Phase);
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            display.Note($"no report: {refused.Message}");
            return false;
        }
    }

    private static int Write(string path)
    {
        var (folder, data) = Read(path);
        RunReport.Write(folder, data, Console.Error.WriteLine);
        Console.WriteLine($"report: {folder.ReportHtml}");
        return ExitCode.Success;
    }

    private static (ResultsFolder Folder, RunData Data) Read(string path)
    {
        try
        {
            var folder = ResultsFolder.OpenAny(path);
            return (folder, RunData.Read(folder));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"there can be no report on {path}: {refused.Message}");
        }
    }
}
