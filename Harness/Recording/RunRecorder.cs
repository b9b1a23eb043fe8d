using C10k.Harness.Judging;
using C10k.Harness.Planning;
using C10k.Harness.Results;
using C10k.Harness.Trials;
using C10k.Latency;

namespace C10k.Harness.Recording;

/// <summary>Puts on disk at once what a trial showed, and the row of a case when its last round is done.</summary>
internal sealed class RunRecorder : IDisposable
{
    private readonly Plan _plan;
    private readonly ResultsFolder _folder;
    private readonly CsvFile<SummaryRow> _summary;
    private readonly CsvFile<WindowRow> _windows;
    private readonly CsvFile<LatencyRow> _latency;
    private readonly Dictionary<PlannedCase, CaseRecord> _records;
    private readonly List<SummaryRow> _rows = [];
    private readonly List<LatencyRow> _latencyRows = [];

    public RunRecorder(Plan plan, ResultsFolder folder)
    {
        _plan = plan;
        _folder = folder;
        _summary = CsvFile.Open<SummaryRow>(folder.SummaryCsv);
        _windows = CsvFile.Open<WindowRow>(folder.WindowsCsv);
        _latency = CsvFile.Open<LatencyRow>(folder.LatencyCsv);
        _records = plan.Runnable.ToDictionary(planned => planned, planned => new CaseRecord(planned));
    }

    /// <summary>The rows of <c>summary.csv</c> so far.</summary>
    public IReadOnlyList<SummaryRow> Rows => _rows;

    /// <summary>The rows of <c>latency.csv</c> so far.</summary>
    public IReadOnlyList<LatencyRow> LatencyRows => _latencyRows;

    /// <summary>Writes the rows of the cases that will not run.</summary>
    public void AddSkipped()
    {
        foreach (var planned in _plan.Cases.Where(planned => planned.SkipReason is not null))
            Append(SummaryBuilder.OfSkipped(planned));
    }

    /// <summary>Records one round of a case; the row of the case when this was its last.</summary>
    public SummaryRow? Add(TrialResult result)
    {
        var record = _records[result.Case];
        record.Add(result);
        _windows.Append(result.Windows.Select(window => WindowRows.Of(result, window)));
        return record.Rounds.Count == _plan.Settings.Rounds ? Conclude(record) : null;
    }

    public void Dispose()
    {
        _summary.Dispose();
        _windows.Dispose();
        _latency.Dispose();
    }

    // The summary's row comes last: where it stands, the case is complete.
    private SummaryRow Conclude(CaseRecord record)
    {
        var row = SummaryBuilder.Build(record, _plan.Settings);
        if (row.Status == CaseStatus.Ok)
            WriteLatency(record);
        Append(row);
        return row;
    }

    private void WriteLatency(CaseRecord record)
    {
        var planned = record.Case;
        var latency = record.MergeLatency();
        Directory.CreateDirectory(_folder.Raw);
        using (
            var file = new StreamWriter(_folder.HistogramOf(planned.Model.Name, planned.Workload.Id, planned.Clients))
        )
            HgrmWriter.Write(latency, file);
        var rows = PercentileStep.Walk(latency).Select(step => ToRow(planned, step)).ToList();
        _latency.Append(rows);
        _latencyRows.AddRange(rows);
    }

    // In a closed loop a request is sent when it is meant to be, so that service and response are the same.
    private static LatencyRow ToRow(PlannedCase planned, PercentileStep step) =>
        new()
        {
            Model = planned.Model.Name,
            Workload = planned.Workload.Id,
            Clients = planned.Clients,
            Percentile = step.Percentile,
            ResponseUs = step.ValueNs / 1e3,
            ServiceUs = step.ValueNs / 1e3,
        };

    private void Append(SummaryRow row)
    {
        _summary.Append([row]);
        _rows.Add(row);
    }
}
