using C10k.CommandLine;
using C10k.Harness.Recording;
using C10k.Harness.Results;
using C10k.Harness.Terminal;

namespace C10k.Harness.CommandLine;

/// <summary>Where the results of a run go.</summary>
internal static class RunFolder
{
    /// <param name="asked">What --output names, or null.</param>
    /// <exception cref="UsageException">There can be no results at that place.</exception>
    public static ResultsFolder Open(string? asked) =>
        Open(asked, name: null, folder => ResultsFolder.At(RequireUnused(folder)));

    /// <summary>As <see cref="Open(string?)"/>, but a folder of an earlier run is gone on with.</summary>
    public static ResultsFolder OpenForLatencies(string? asked) =>
        Open(
            asked,
            "latencies",
            folder => IsOfARun(folder) ? ResultsFolder.OpenAny(folder) : ResultsFolder.At(RequireUnused(folder))
        );

    private static ResultsFolder Open(string? asked, string? name, Func<string, ResultsFolder> openAsked)
    {
        try
        {
            return asked is null
                ? ResultsFolder.Create(Root, Environment.MachineName, name, TimeProvider.System)
                : openAsked(asked);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(
                $"no results can be put into {asked ?? Root}: {refused.Message} Name another folder with --output"
            );
        }
    }

    /// <summary>
    /// Lets <c>latest</c> lead to the folder, where it lies among the others: beside a folder that was named elsewhere nothing is made. A file
    /// system without links, or somebody's own <c>latest</c>, costs a convenience and no figures.
    /// </summary>
    public static void PointLatest(ResultsFolder folder, IRunDisplay display, RunLog log)
    {
        if (Path.GetDirectoryName(folder.FullPath) != Path.GetFullPath(Root))
            return;
        try
        {
            folder.PointLatestHere();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            display.Note(refused.Message);
            log.Write(refused.Message);
        }
    }

    private static string Root => Environment.GetEnvironmentVariable("C10K_RESULTS") ?? "results";

    private static bool IsOfARun(string folder) =>
        File.Exists(Path.Combine(folder, "summary.csv")) || File.Exists(Path.Combine(folder, "latencies.csv"));

    /// <summary>The folder itself, where it is not there or empty.</summary>
    /// <exception cref="UsageException">Something lies in it.</exception>
    public static string RequireUnused(string folder)
    {
        if (folder.Length == 0)
            throw new UsageException("--output takes the name of a folder, not ''");
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            throw new UsageException($"--output {folder} exists and is not empty: name another folder, or remove it");
        return folder;
    }
}
