using System.Globalization;
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
    private readonly TrialJournal _journal;
    private readonly CsvFile<SummaryRow> _summary;
    private readonly CsvFile<WindowRow> _windows;
    private readonly CsvFile<SampleRow> _samples;
    private readonly CsvFile<LatencyRow> _latency;
    private readonly CsvFile<CrossCheckRow>? _crossChecks;
    private readonly Dictionary<PlannedCase, CaseRecord> _records;
    private readonly List<WindowRow> _windowRows = [];
    private List<SummaryRow> _rows = [];
    private readonly List<LatencyRow> _latencyRows = [];

    public RunRecorder(Plan plan, ResultsFolder folder)
    {
        _plan = plan;
        _folder = folder;
        var before = TrialJournal.Read(folder.Journal);
        if (before.Count > 0)
            RemoveWhatIsMadeAgain();
        _journal = TrialJournal.Open(folder.Journal);
        _summary = CsvFile.Open<SummaryRow>(folder.SummaryCsv);
        _windows = CsvFile.Open<WindowRow>(folder.WindowsCsv);
        _samples = CsvFile.Open<SampleRow>(folder.SamplesCsv);
        _latency = CsvFile.Open<LatencyRow>(folder.LatencyCsv);
        _crossChecks = plan.Settings.Wrk is null ? null : CsvFile.Open<CrossCheckRow>(folder.CrossCheckCsv);
        _records = plan.Runnable.ToDictionary(planned => planned, planned => new CaseRecord(planned));
        AddSkipped();
        Replay(before);
    }

    /// <summary>The rows of <c>summary.csv</c> so far.</summary>
    public IReadOnlyList<SummaryRow> Rows => _rows;

    /// <summary>The rows of <c>latency.csv</c> so far.</summary>
    public IReadOnlyList<LatencyRow> LatencyRows => _latencyRows;

    /// <summary>What a trial of an earlier, broken-off run of this folder showed; null where it is still to be run.</summary>
    public TrialResult? Find(PlannedCase planned, int round) =>
        _records[planned].Rounds.FirstOrDefault(result => result.Round == round);

    /// <summary>How many trials were run so far, an earlier run's included.</summary>
    public int Trials => _records.Values.Sum(record => record.Rounds.Count);

    /// <summary>Requests a second of each round of a model that was run so far.</summary>
    public IReadOnlyList<double> Throughput(PlannedCase planned) =>
        [.. RoundFigures.Throughput(_windowRows)[new(planned.Model.Name, planned.Workload.Id, planned.Clients)]];

    /// <summary>Records one round of a case; the row of the case when this was its last.</summary>
    public SummaryRow? Add(TrialResult result)
    {
        _journal.Append(JournalEntry.Of(result));
        return Record(result);
    }

    /// <summary>All that will be run was run: says what the cases are to each other.</summary>
    public void Finish()
    {
        _rows = [.. Ranking.Complete(_rows, _windowRows, _plan.Settings.Baseline)];
        _summary.Dispose();
        CsvFile.Rewrite(_folder.SummaryCsv, _rows);
    }

    /// <summary>Makes the rows of cases whose further rounds will not be run.</summary>
    public void ConcludeEarly()
    {
        var written = _rows.Select(CaseKey.Of).ToHashSet();
        foreach (var record in _records.Values.Where(record => record.Rounds.Count > 0))
        {
            var planned = record.Case;
            if (!written.Contains(new(planned.Model.Name, planned.Workload.Id, planned.Clients)))
                Conclude(record);
        }
    }

    public void Dispose()
    {
        _journal.Dispose();
        _summary.Dispose();
        _windows.Dispose();
        _samples.Dispose();
        _latency.Dispose();
        _crossChecks?.Dispose();
    }

    // Writes the rows of the cases that will not run.
    private void AddSkipped()
    {
        foreach (var planned in _plan.Cases.Where(planned => planned.SkipReason is not null))
            Append(SummaryBuilder.OfSkipped(planned));
    }

    // The journal has it all; a file that may lack a row or end in half a one is not mended but made again.
    private void RemoveWhatIsMadeAgain()
    {
        string[] files =
        [
            _folder.SummaryCsv,
            _folder.WindowsCsv,
            _folder.SamplesCsv,
            _folder.LatencyCsv,
            _folder.CrossCheckCsv,
        ];
        foreach (var file in files)
            File.Delete(file);
    }

    // A trial that failed, or that was interrupted between two of its windows, is run again.
    private void Replay(IReadOnlyList<JournalEntry> entries)
    {
        var cases = _plan.Runnable.ToDictionary(planned => new CaseKey(
            planned.Model.Name,
            planned.Workload.Id,
            planned.Clients
        ));
        foreach (var entry in entries.Where(entry => entry is { Failure: null, Interrupted: false }))
        {
            if (
                cases.TryGetValue(entry.Case, out var planned)
                && Find(planned, entry.Round) is null
                && entry.TryToTrial(planned) is { } trial
            )
                Record(trial);
        }
    }

    private SummaryRow? Record(TrialResult result)
    {
        var record = _records[result.Case];
        record.Add(result);
        WindowRow[] rows = [.. result.Windows.Select(window => WindowRows.Of(result, window))];
        _windowRows.AddRange(rows);
        _windows.Append(rows);
        _samples.Append(result.Windows.SelectMany(window => WindowRows.SamplesOf(result, window)));
        _crossChecks?.Append(CrossCheckRows.Of(result));
        return record.Rounds.Count == _plan.Settings.Rounds ? Conclude(record) : null;
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
        Directory.CreateDirectory(_folder.Raw);
        var distribution = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        HgrmWriter.Write(record.MergeLatency(), distribution);
        WholeFile.Write(
            _folder.HistogramOf(planned.Model.Name, planned.Workload.Id, planned.Clients),
            distribution.ToString()
        );
        var rows = PercentileRows.Of(record).ToList();
        _latency.Append(rows);
        _latencyRows.AddRange(rows);
    }

    private void Append(SummaryRow row)
    {
        _summary.Append([row]);
        _rows.Add(row);
    }
}
