using System.Collections.Immutable;
using System.Globalization;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;

namespace C10k.Harness.Benchmarking;

/// <summary>BenchmarkDotNet's own summary of several of its runs: Markdown for people, JSON for programs.</summary>
internal static class MergedSummary
{
    /// <param name="title">What its files are called.</param>
    /// <param name="runs">At least one.</param>
    /// <param name="reports">What stands in it.</param>
    public static void Export(
        string title,
        IReadOnlyList<Summary> runs,
        ImmutableArray<BenchmarkReport> reports,
        string folder,
        ILogger logger
    )
    {
        var summary = new Summary(
            title,
            reports,
            runs[^1].HostEnvironmentInfo,
            folder,
            runs[^1].LogFilePath,
            TimeSpan.FromTicks(runs.Sum(run => run.TotalTime.Ticks)),
            CultureInfo.InvariantCulture,
            [],
            []
        );
        foreach (var exporter in (IExporter[])[MarkdownExporter.GitHub, JsonExporter.Full])
            _ = exporter.ExportToFiles(summary, logger).ToList();
        RemoveEmptyFolders(folder);
    }

    // Each run makes a folder for exporters that it does not have.
    private static void RemoveEmptyFolders(string folder)
    {
        foreach (var child in Directory.EnumerateDirectories(folder).Where(IsEmpty))
            Directory.Delete(child);

        static bool IsEmpty(string path) => !Directory.EnumerateFileSystemEntries(path).Any();
    }
}
