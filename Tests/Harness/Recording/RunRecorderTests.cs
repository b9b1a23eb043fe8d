using C10k.Harness.Planning;
using C10k.Harness.Recording;
using C10k.Harness.Results;
using C10k.Harness.Trials;
using C10k.Latency;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.Harness.Recording;

public sealed class RunRecorderTests : IDisposable
{
    private static readonly PlannedCase First = Planned.Case("epoll-level", 10);
    private static readonly PlannedCase Second = Planned.Case("select", 10);

    private readonly TemporaryFolder _folder = new();
    private readonly ResultsFolder _results;

    public RunRecorderTests() => _results = ResultsFolder.At(_folder["run"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Windows_are_on_disk_before_the_case_is_complete()
    {
        using var recorder = Open(rounds: 2, First);
        Assert.Null(recorder.Add(Rounds.Measured(First, 1, 100, 50, 60)));
        Assert.Equal([50, 60], Windows().Select(window => window.Requests));
        Assert.Empty(Summary());
        Assert.NotNull(recorder.Add(Rounds.Measured(First, 2, 100, 70, 80)));
        Assert.Equal([50, 60, 70, 80], Windows().Select(window => window.Requests));
        Assert.Equal(260, Assert.Single(Summary()).Requests);
    }

    [Fact]
    public void A_row_is_on_disk_as_soon_as_its_case_is_complete()
    {
        using var recorder = Open(rounds: 1, First, Second);
        recorder.Add(Rounds.Measured(Second, 1, 100, 50));
        Assert.Equal("select", Assert.Single(Summary()).Model);
        recorder.Add(Rounds.Measured(First, 1, 100, 50));
        Assert.Equal(["select", "epoll-level"], Summary().Select(row => row.Model));
    }

    [Fact]
    public void The_distribution_of_a_case_is_that_of_all_its_rounds()
    {
        using var recorder = Open(rounds: 2, First);
        recorder.Add(Rounds.Measured(First, 1, latencyUs: 100, 50));
        recorder.Add(Rounds.Measured(First, 2, latencyUs: 300, 50));
        var latencies = CsvFile.Read<LatencyRow>(_results.LatencyCsv);
        Assert.Equal((0, 100), (latencies[0].Percentile, Math.Round(latencies[0].ResponseUs!.Value)));
        Assert.Equal((100, 300), (latencies[^1].Percentile, Math.Round(latencies[^1].ResponseUs!.Value)));
        Assert.Equal(recorder.LatencyRows.Count, latencies.Count);
        Assert.Matches("Total count +=? +100\\]", File.ReadAllText(HistogramOf(First)));
    }

    [Fact]
    public void In_an_open_loop_each_column_of_latencies_is_read_off_its_own_distribution()
    {
        using var recorder = Open(rounds: 1, First);
        recorder.Add(Stalled(Rounds.Measured(First, 1, latencyUs: 5_000, 50)));
        var latencies = CsvFile.Read<LatencyRow>(_results.LatencyCsv);
        // A stall: what was sent late was served quickly, but for the one request that saw it.
        Assert.All(latencies, row => Assert.Equal(5_000, row.ResponseUs!.Value, 5.0));
        Assert.All(latencies.Where(row => row.Percentile <= 95), row => Assert.Equal(100, row.ServiceUs!.Value, 0.1));
        Assert.Equal(4_000, latencies[^1].ServiceUs!.Value, 5.0);
    }

    [Fact]
    public void In_a_closed_loop_both_columns_are_the_same()
    {
        using var recorder = Open(rounds: 2, First);
        recorder.Add(Rounds.Measured(First, 1, latencyUs: 100, 50));
        recorder.Add(Rounds.Measured(First, 2, latencyUs: 333, 77));
        Assert.All(recorder.LatencyRows, row => Assert.Equal(row.ResponseUs, row.ServiceUs));
    }

    [Fact]
    public void A_failed_case_has_a_row_and_no_distribution()
    {
        using var recorder = Open(rounds: 1, First);
        var row = recorder.Add(Rounds.Failed(First, 1, "it broke"));
        Assert.Equal(CaseStatus.Failed, row?.Status);
        Assert.Equal("it broke", Assert.Single(Summary()).Reason);
        Assert.Empty(CsvFile.Read<LatencyRow>(_results.LatencyCsv));
        Assert.False(File.Exists(HistogramOf(First)));
    }

    [Fact]
    public void The_cases_that_will_not_run_come_first()
    {
        using var recorder = Open(rounds: 1, Planned.Case("select", 5000, "needs more"), First);
        recorder.Add(Rounds.Measured(First, 1, 100, 50));
        Assert.Equal([CaseStatus.Skipped, CaseStatus.Ok], Summary().Select(row => row.Status));
        Assert.Equal(Summary(), recorder.Rows);
    }

    [Fact]
    public void Every_file_has_its_header_from_the_beginning()
    {
        Open(rounds: 1, First).Dispose();
        Assert.StartsWith(
            "model,workload,clients,status,",
            File.ReadAllText(_results.SummaryCsv),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "model,workload,clients,round,",
            File.ReadAllText(_results.WindowsCsv),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "model,workload,clients,percentile,",
            File.ReadAllText(_results.LatencyCsv),
            StringComparison.Ordinal
        );
    }

    private static TrialResult Stalled(TrialResult round)
    {
        var service = new LatencyHistogram();
        for (var request = 0; request < 49; request++)
            service.Record(100_000);
        service.Record(4_000_000);
        return round with { Windows = [round.Windows[0] with { Service = service }] };
    }

    private RunRecorder Open(int rounds, params PlannedCase[] cases) =>
        new(new Plan(cases, Planned.Settings(rounds)), _results);

    private IReadOnlyList<SummaryRow> Summary() => CsvFile.Read<SummaryRow>(_results.SummaryCsv);

    private IReadOnlyList<WindowRow> Windows() => CsvFile.Read<WindowRow>(_results.WindowsCsv);

    private string HistogramOf(PlannedCase planned) =>
        _results.HistogramOf(planned.Model.Name, planned.Workload.Id, planned.Clients);
}
