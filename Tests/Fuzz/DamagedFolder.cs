using C10k.Harness.Charts;
using C10k.Harness.CommandLine;
using C10k.Harness.Comparing;
using C10k.Harness.Judging;
using C10k.Harness.Planning;
using C10k.Harness.Recording;
using C10k.Harness.Report;
using C10k.Harness.Results;
using C10k.Tests.Harness;
using C10k.Tests.Support;

namespace C10k.Tests.Fuzz;

/// <summary>
/// A whole folder of results as one text, so that it can be damaged anywhere: each file begins with a line that names it. A line that is
/// cut off takes its file away.
/// </summary>
internal sealed class DamagedFolder : IDisposable
{
    private const string Mark = "== ";

    private static readonly string[] Names =
    [
        "summary.csv",
        "windows.csv",
        "samples.csv",
        "latency.csv",
        "models.csv",
        "workloads.csv",
        "latencies.csv",
        "crosscheck.csv",
        "environment.json",
        "trials.jsonl",
    ];

    private readonly TemporaryFolder _folder = new();

    private DamagedFolder(string text)
    {
        foreach (var part in ("\n" + text).Split("\n" + Mark))
        {
            var end = part.IndexOf('\n');
            if (end > 0 && Names.Contains(part[..end]))
                File.WriteAllText(_folder[part[..end]], part[(end + 1)..] + "\n");
        }
    }

    /// <summary>A good one.</summary>
    public static string Whole { get; } = Pack(Windows());

    /// <summary>Another, as other programs leave it: the mark at its beginning and the line ends of Windows, and a column of somebody's own.</summary>
    public static string Edited { get; } =
        Pack(WithColumn(Windows()))
            .Replace("== summary.csv\n", "== summary.csv\n\ufeff", StringComparison.Ordinal)
            .Replace(",ok,", ",\"ok\",", StringComparison.Ordinal);

    /// <summary>Draws its charts and its page.</summary>
    public static void Report(string text)
    {
        using var folder = new DamagedFolder(text);
        var results = ResultsFolder.OpenAny(folder._folder.FullPath);
        var data = RunData.Read(results);
        foreach (var chart in ChartSet.Of(data.ForCharts))
            _ = SvgChartRenderer.ToSvg(chart);
        _ = PageRenderer.Render(PageBuilder.Build(data));
    }

    /// <summary>Compares it with a whole one, in both directions.</summary>
    public static void Compare(string text)
    {
        using var damaged = new DamagedFolder(text);
        using var whole = new DamagedFolder(Whole);
        var (a, b) = (RunFiles.Read(damaged._folder.FullPath), RunFiles.Read(whole._folder.FullPath));
        foreach (var yardstick in Yardstick.All)
        {
            _ = ComparisonText.ToMarkdown(RunComparison.Of(a, b, yardstick, Comparison.Negligible, 0.05));
            _ = ComparisonText.ToCsv(RunComparison.Of(b, a, yardstick, Comparison.Negligible, null));
        }
    }

    /// <summary>Goes on with it, where all trials that it tells of are whole and nothing is started.</summary>
    public static void Resume(string text)
    {
        using var folder = new DamagedFolder(text);
        var resumed = ResumedRun.Open(folder._folder.FullPath, HarnessCommand.Create());
        var plan = new Plan([Planned.Case()], Planned.Settings());
        using (var recorder = new RunRecorder(plan, resumed.Folder))
        {
            recorder.ConcludeEarly();
            recorder.Finish();
        }
        if (CsvFile.Read<SummaryRow>(resumed.Folder.SummaryCsv).Count > 1)
            throw new InvalidOperationException("one case has more than one row");
        _ = CsvFile.Read<WindowRow>(resumed.Folder.WindowsCsv);
        _ = CsvFile.Read<SampleRow>(resumed.Folder.SamplesCsv);
        _ = CsvFile.Read<LatencyRow>(resumed.Folder.LatencyCsv);
    }

    public void Dispose() => _folder.Dispose();

    private static string Pack(string windows)
    {
        var trial = Rounds.Measured(Planned.Case(), 1, 100, 50, 60);
        var record = new CaseRecord(trial.Case);
        record.Add(trial);
        var settings = Planned.Settings();
        var model = new ModelRow
        {
            Model = trial.Case.Model.Name,
            Family = "readiness",
            Summary = "What it does.",
            UsedBy = "servers",
        };
        var latency = new LatencyRow
        {
            Model = trial.Case.Model.Name,
            Workload = trial.Case.Workload.Id,
            Clients = trial.Case.Clients,
            Percentile = 50,
            ResponseUs = 100,
            ServiceUs = 100,
        };
        var operation = new MachineLatencyRow
        {
            Operation = MachineLatencyRow.Cycle,
            Title = "CPU cycle",
            Meaning = "What it is.",
            MedianNs = 0.5,
            CiLowNs = 0.4,
            CiHighNs = 0.6,
            Iterations = 11,
            ScaledSeconds = 1,
        };
        var crossCheck = new CrossCheckRow
        {
            Model = trial.Case.Model.Name,
            Workload = trial.Case.Workload.Id,
            Clients = trial.Case.Clients,
            Round = 1,
            LoadgenRps = 100,
            WrkRps = 98,
            Ratio = 0.98,
            LoadgenP50Us = 100,
            WrkP50Us = 101,
        };
        return string.Concat(
            Part("summary.csv", Examples.Csv(SummaryBuilder.Build(record, settings))),
            Part("windows.csv", windows),
            Part(
                "samples.csv",
                Examples.Csv([.. trial.Windows.SelectMany(window => WindowRows.SamplesOf(trial, window))])
            ),
            Part("latency.csv", Examples.Csv(latency, latency with { Percentile = 99, ResponseUs = 250 })),
            Part("models.csv", Examples.Csv(model)),
            Part("workloads.csv", Examples.Csv(WorkloadRows.Of(trial.Case.Workload))),
            Part(
                "latencies.csv",
                Examples.Csv(
                    operation,
                    operation with
                    {
                        Operation = "l1",
                        Title = "first cache",
                        MedianNs = 2,
                    },
                    operation with
                    {
                        Operation = "disk",
                        Title = "disk",
                        MedianNs = null,
                        Reason = "there is none",
                    }
                )
            ),
            Part(
                "crosscheck.csv",
                Examples.Csv(
                    crossCheck,
                    crossCheck with
                    {
                        Round = 2,
                        WrkRps = null,
                        Ratio = null,
                        Reason = "not asked",
                    }
                )
            ),
            Part("environment.json", Examples.Environments[0] + "\n"),
            Part("trials.jsonl", Examples.Journal[0] + "\n")
        );
    }

    private static string Windows()
    {
        var trial = Rounds.Measured(Planned.Case(), 1, 100, 50, 60);
        return Examples.Csv([
            .. trial.Windows.Select(window => WindowRows.Of(trial, window) with { ServerCpuCores = 0.5 }),
        ]);
    }

    private static string WithColumn(string csv) =>
        string.Concat(
            csv.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select((line, number) => $"{(number == 0 ? "My own" : "x")},{line}\r\n")
        );

    private static string Part(string name, string content) => $"{Mark}{name}\n{content}";
}
