using System.Globalization;

namespace C10k.Harness.Results;

/// <summary>The folder of one run, and what lies where in it.</summary>
internal sealed class ResultsFolder
{
    private ResultsFolder(string path)
    {
        string given = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        FullPath = new DirectoryInfo(given).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? given;
    }

    public string FullPath { get; }
    public string SummaryCsv => In("summary.csv");
    public string WindowsCsv => In("windows.csv");
    public string SamplesCsv => In("samples.csv");
    public string LatencyCsv => In("latency.csv");
    public string LatenciesCsv => In("latencies.csv");
    public string CrossCheckCsv => In("crosscheck.csv");
    public string Journal => In("trials.jsonl");
    public string ModelsCsv => In("models.csv");
    public string CapacityCsv => In("capacity.csv");
    public string WorkloadsCsv => In("workloads.csv");
    public string EnvironmentJson => In("environment.json");
    public string ReportHtml => In("report.html");
    public string Log => LogIn(FullPath);
    public string Raw => In("raw");
    public string Charts => In("charts");
    public string BenchmarkDotNet => In("benchmarkdotnet");

    /// <summary>
    /// Makes a new folder <c>yyyyMMdd-HHmmss-host[-name]</c>, in UTC, under <paramref name="root"/>; where that is taken,
    /// <c>-2</c>, <c>-3</c> and so on is added.
    /// </summary>
    public static ResultsFolder Create(string root, string host, string? name, TimeProvider clock)
    {
        string stamp = clock.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        string suffix = string.IsNullOrEmpty(name) ? "" : $"-{FileNames.Safe(name)}";
        string path = Path.Combine(root, $"{stamp}-{FileNames.Safe(host)}{suffix}");
        string free = path;
        for (int n = 2; !TryClaim(free); n++)
        {
            free = $"{path}-{n}";
        }

        return At(free);
    }

    /// <summary>The folder the user named, made where it is missing.</summary>
    public static ResultsFolder At(string path)
    {
        Directory.CreateDirectory(path);
        var folder = new ResultsFolder(path);
        Directory.CreateDirectory(folder.Raw);
        Directory.CreateDirectory(folder.Charts);
        return folder;
    }

    /// <summary>A folder of an earlier run, or one with what the machine's latencies are.</summary>
    /// <exception cref="DirectoryNotFoundException">There is none.</exception>
    public static ResultsFolder OpenAny(string path) =>
        File.Exists(Path.Combine(path, "latencies.csv")) ? new ResultsFolder(path) : Open(path);

    /// <summary>A folder of an earlier run.</summary>
    /// <exception cref="DirectoryNotFoundException">There is none.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be looked into.</exception>
    public static ResultsFolder Open(string path)
    {
        try
        {
            // Unlike File.Exists it tells what may not be looked at from what is not there.
            _ = File.GetAttributes(Path.Combine(path, "summary.csv"));
            return new ResultsFolder(path);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DirectoryNotFoundException($"{path} holds no summary.csv: name a folder under results/", missing);
        }
    }

    /// <summary>The file of the whole latency distribution of a case.</summary>
    public string HistogramOf(string model, string workload, int clients) =>
        Path.Combine(Raw, FileNames.Safe($"{model}-{workload}-{clients}") + ".hgrm");

    /// <summary>Makes this folder the one that <c>latest</c> leads to.</summary>
    /// <exception cref="IOException">The link cannot be made.</exception>
    public void PointLatestHere() => LatestLink.PointAt(FullPath);

    // Creating a folder does not fail when another run has just made it; creating its log, exclusively, does.
    private static bool TryClaim(string path)
    {
        if (Path.Exists(path))
        {
            return false;
        }

        Directory.CreateDirectory(path);
        try
        {
            new FileStream(LogIn(path), FileMode.CreateNew).Dispose();
            return true;
        }
        catch (IOException) when (File.Exists(LogIn(path)))
        {
            return false;
        }
    }

    private static string LogIn(string path) => Path.Combine(path, "bench.log");

    private string In(string name) => Path.Combine(FullPath, name);
}
