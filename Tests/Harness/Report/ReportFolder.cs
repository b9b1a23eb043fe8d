using System.Globalization;
using C10k.Harness.Report;
using C10k.Harness.Results;
using C10k.Tests.Harness.Charts;
using CsvHelper;

namespace C10k.Tests.Harness.Report;

/// <summary>A folder of results as a run might leave it, and the page that is made of it.</summary>
internal sealed class ReportFolder : IDisposable
{
    private const string EnvironmentJson = """
        {
          "schema_version": 1,
          "started_utc": "2026-01-31T12:00:00+00:00",
          "command_line": "./run-bench.sh --profile full",
          "commit": "0123abc",
          "seed": 42,
          "cpu": "Example CPU",
          "kernel": "6.18",
          "dotnet": "10.0.12",
          "server_cpus": "0",
          "load_cpus": "1",
          "lengths": { "rounds": 5, "windows": 3, "window_seconds": 2, "warm_up_seconds": 0.5, "message_bytes": 64 },
          "baseline": "epoll-level",
          "line": "Example CPU, server on CPU 0, load on CPU 1, Linux 6.18"
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public ReportFolder() => Results = ResultsFolder.At(_folder["run"]);

    public ResultsFolder Results { get; }

    public string Page => File.ReadAllText(Results.ReportHtml);

    /// <summary>A run of many models.</summary>
    public static ReportFolder Of(int models, params int[] clients) => Of(models, _ => 1, clients);

    /// <summary>The same, in which each model is faster by a factor of its own.</summary>
    public static ReportFolder Of(int models, Func<string, double> speedOf, params int[] clients) =>
        Of(SampleRun.Of(models, clients), speedOf, samples => samples, Describe);

    /// <summary>A run of which nothing is missing, down to what operations take on the machine.</summary>
    public static ReportFolder Full(int models, params int[] clients)
    {
        var folder = Of(FullRun.Of(models, clients), _ => 1, FullRun.Restless, FullRun.Describe);
        folder.Put(SampleRun.Machine, folder.Results.LatenciesCsv);
        return folder;
    }

    private static ReportFolder Of(
        SampleRun run,
        Func<string, double> speedOf,
        Func<IEnumerable<SampleRow>, IEnumerable<SampleRow>> lived,
        Func<string, ModelRow> describe
    )
    {
        var folder = new ReportFolder();
        folder.Put(run.Summary);
        folder.Put(run.Latencies, folder.Results.LatencyCsv);
        var measured = run.Summary.Where(row => row.Status == CaseStatus.Ok).ToList();
        folder.Put(measured.SelectMany(row => Windows(row, speedOf(row.Model))), folder.Results.WindowsCsv);
        folder.Put(
            lived(measured.SelectMany(row => SampleRun.SamplesOf(row, row.Rounds, 3))),
            folder.Results.SamplesCsv
        );
        folder.Put(run.Summary.Select(row => row.Model).Distinct().Select(describe), folder.Results.ModelsCsv);
        File.WriteAllText(folder.Results.EnvironmentJson, EnvironmentJson);
        return folder;
    }

    public void Put(IEnumerable<SummaryRow> rows) => Put(rows, Results.SummaryCsv);

    public void Put<T>(IEnumerable<T> rows, string path)
    {
        using var file = CsvFile.Open<T>(path);
        file.Append(rows);
    }

    /// <summary>Sets columns of the summary, which are added where they are not there.</summary>
    /// <param name="columns">Their names, with commas.</param>
    /// <param name="cellsOf">Their cells in the row of a model, with commas.</param>
    public void SetColumns(string columns, Func<string, string> cellsOf)
    {
        var rows = ReadRows();
        var indices = columns.Split(',').Select(name => FindOrAdd(rows, name)).ToList();
        foreach (var row in rows.Skip(1))
        {
            foreach (var (index, cell) in indices.Zip(cellsOf(row[0]).Split(',')))
                row[index] = cell;
        }
        using var writer = new CsvWriter(new StreamWriter(Results.SummaryCsv), CultureInfo.InvariantCulture);
        foreach (var row in rows)
        {
            row.ForEach(writer.WriteField);
            writer.NextRecord();
        }
    }

    public string Write()
    {
        RunReport.Write(Results, message => throw new IOException(message));
        return Page;
    }

    public void Dispose() => _folder.Dispose();

    private List<List<string>> ReadRows()
    {
        using var parser = new CsvParser(new StreamReader(Results.SummaryCsv), CultureInfo.InvariantCulture);
        var rows = new List<List<string>>();
        while (parser.Read())
            rows.Add([.. parser.Record!]);
        return rows;
    }

    private static int FindOrAdd(List<List<string>> rows, string column)
    {
        var index = rows[0].IndexOf(column);
        if (index >= 0)
            return index;
        rows[0].Add(column);
        rows.Skip(1).ToList().ForEach(row => row.Add(""));
        return rows[0].Count - 1;
    }

    private static IEnumerable<WindowRow> Windows(SummaryRow row, double speed) =>
        from round in Enumerable.Range(1, row.Rounds)
        from window in Enumerable.Range(1, row.Windows / row.Rounds)
        let rps = speed * row.ThroughputRps!.Value * (0.99 + (0.005 * ((round + window) % 5)))
        select new WindowRow
        {
            Model = row.Model,
            Workload = row.Workload,
            Clients = row.Clients,
            Round = round,
            Window = window,
            StartedUtc = DateTimeOffset.UnixEpoch,
            Seconds = 2,
            Requests = (long)(2 * rps),
            Errors = 0,
            ThroughputRps = rps,
        };

    private static ModelRow Describe(string model) =>
        new()
        {
            Model = model,
            Family = SampleRun.FamilyOf(model),
            Summary = $"What {model} does.",
            UsedBy = "servers",
        };
}
