using C10k.Contract;
using C10k.Harness.CommandLine;
using C10k.Harness.Judging;
using C10k.Harness.Planning;
using C10k.Harness.Recording;
using C10k.Harness.Report;
using C10k.Harness.Results;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.Harness.CommandLine;

public sealed class RunSessionTests : IDisposable
{
    private static readonly PlannedCase Steady = Planned.Case("epoll-level", 10);
    private static readonly PlannedCase Variant = Planned.Case("prefork:workers=4,pinned=yes", 10);
    private static readonly PlannedCase NeverReady = Planned.Case("poll", 10);
    private static readonly PlannedCase TooMany = Planned.Case(
        "select",
        2000,
        "needs 2,100 \"descriptors\", has 1,024"
    );
    private static readonly PlannedCase[] FourCases = [Steady, Variant, NeverReady, TooMany];

    private readonly FakeRun _run = new();

    public RunSessionTests()
    {
        _run.Launcher.Server = (model, server) => server.Print(model == "poll" ? [] : ["READY 127.0.0.1:4711"]);
        _run.Launcher.Load = (model, load) =>
            load.RequestsOfClient = window => (model == "epoll-level" ? 40 : 20) + window;
    }

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("summary.csv")]
    [InlineData("windows.csv")]
    [InlineData("samples.csv")]
    [InlineData("latency.csv")]
    public void The_files_of_a_small_plan_are_these_to_the_byte(string name)
    {
        Run(rounds: 2, FourCases);
        GoldenFile.CheckBytes($"Harness/CommandLine/Golden/{name}", FileOf(name));
    }

    // Fewer rounds tell nothing of what the cases are to each other.
    [Theory]
    [InlineData("summary.csv")]
    [InlineData("windows.csv")]
    public void With_five_rounds_the_cases_are_compared_and_ranked_to_the_byte(string name)
    {
        var rounds = new Dictionary<string, int>();
        _run.Launcher.Load = (model, load) =>
        {
            var round = rounds[model] = rounds.GetValueOrDefault(model) + 1;
            var perWindow = model switch
            {
                "epoll-level" => 400,
                "poll" => 398,
                _ => 200,
            };
            load.RequestsOfClient = window => perWindow + window + round * round % 5;
        };
        _run.Launcher.Server = (_, server) => server.Print("READY 127.0.0.1:4711");
        Run(rounds: 5, Steady, Variant, NeverReady);
        Assert.Null(RowOf("epoll-level").VersusBaseline);
        Assert.Equal(Difference.Same, RowOf("poll").VersusBaseline);
        Assert.Equal(Difference.Slower, RowOf(Variant.Model.Name).VersusBaseline);
        Assert.All(Summary(), row => Assert.NotNull(row.RankGroup));
        GoldenFile.CheckBytes($"Harness/CommandLine/Golden/FiveRounds/{name}", FileOf(name));
    }

    [Fact]
    public void What_models_and_workloads_are_is_told_in_these_files_to_the_byte()
    {
        PlannedCase[] cases =
        [
            .. FourCases,
            .. from workload in (string[])["idle", "wait"] select Steady with { Workload = Catalogued(workload) },
        ];
        var plan = new Plan(cases, Planned.Settings());
        CsvFile.Rewrite(_run.Results.ModelsCsv, ModelRows.Of(plan));
        CsvFile.Rewrite(_run.Results.WorkloadsCsv, WorkloadRows.Of(plan));
        GoldenFile.CheckBytes("Harness/CommandLine/Golden/models.csv", _run.Results.ModelsCsv);
        GoldenFile.CheckBytes("Harness/CommandLine/Golden/workloads.csv", _run.Results.WorkloadsCsv);

        static Workload Catalogued(string id) => WorkloadCatalogue.All.Single(workload => workload.Id == id);
    }

    [Fact]
    public void BenchmarkDotNets_table_has_ratios_and_a_row_without_figures_for_a_failed_case()
    {
        Run(rounds: 2, FourCases);
        var file = Assert.Single(Directory.GetFiles(_run.Results.BenchmarkDotNet, "*.md"));
        var markdown = File.ReadAllText(file);
        GoldenFile.Check(
            "Harness/CommandLine/Golden/table.md",
            markdown[markdown.IndexOf("| Method", StringComparison.Ordinal)..]
        );
    }

    [Fact]
    public void The_whole_distribution_of_each_measured_case_is_kept()
    {
        Run(rounds: 1, FourCases);
        Assert.Equal(
            ["epoll-level-echo-10.hgrm", "prefork_workers=4,pinned=yes-echo-10.hgrm"],
            Directory.GetFiles(_run.Results.Raw).Select(Path.GetFileName).Order()
        );
    }

    [Fact]
    public void What_is_returned_is_what_stands_in_the_files()
    {
        var outcome = Run(rounds: 2, FourCases);
        Assert.Equal(outcome.Rows.Select(Name), Summary().Select(Name));
        Assert.Equal(outcome.Latencies.Count, CsvFile.Read<LatencyRow>(_run.Results.LatencyCsv).Count);
    }

    [Fact]
    public void Every_case_runs_once_in_every_round_with_fresh_processes()
    {
        Run(rounds: 3, Steady, Variant);
        var servers = _run.Launcher.Starts.Where(start => start.Role == "server").Select(start => start.Arguments[0]);
        Assert.Equal(["epoll-level", "prefork:workers=4,pinned=yes"], Round(servers, 0));
        Assert.Equal(["epoll-level", "prefork:workers=4,pinned=yes"], Round(servers, 1));
        Assert.Equal(["epoll-level", "prefork:workers=4,pinned=yes"], Round(servers, 2));
        Assert.Equal(12, _run.Launcher.Starts.Count);
        Assert.All(Summary(), row => Assert.Equal((3, 6), (row.Rounds, row.Windows)));

        static IEnumerable<string> Round(IEnumerable<string> servers, int round) =>
            servers.Skip(2 * round).Take(2).Order();
    }

    [Fact]
    public void A_case_is_shown_when_it_begins_and_when_it_ends()
    {
        Run(rounds: 2, Steady);
        Assert.Equal(
            [
                "1/2 round 1: epoll-level echo 10 clients",
                "epoll-level echo 10 clients: further rounds",
                "2/2 round 2: epoll-level echo 10 clients",
                "epoll-level echo 10 clients: Ok",
            ],
            _run.Display.Shown.Where(text => text.Contains("epoll-level", StringComparison.Ordinal))
        );
        Assert.True(_run.Display.Left[1] < _run.Display.Left[0]);
    }

    [Fact]
    public void A_case_that_fails_stops_no_other()
    {
        var outcome = Run(rounds: 1, NeverReady, Steady, Variant);
        Assert.Equal(
            [CaseStatus.Failed, CaseStatus.Ok, CaseStatus.Ok],
            outcome.Rows.OrderBy(row => row.Model == "poll" ? 0 : 1).Select(row => row.Status)
        );
    }

    [Fact]
    public void A_case_without_a_single_reply_fails_and_stops_no_other()
    {
        _run.Launcher.Load = (model, load) => load.Served = model == "poll" ? 0 : 10;
        _run.Launcher.Server = (_, server) => server.Print("READY 127.0.0.1:4711");
        Run(rounds: 1, NeverReady, Steady);
        Assert.Equal("not a single request was answered", RowOf("poll").Reason);
        Assert.Equal(CaseStatus.Ok, RowOf("epoll-level").Status);
        Assert.Equal(4, Windows().Count);
    }

    [Fact]
    public void A_round_that_fails_takes_its_windows_with_it_and_leaves_the_others()
    {
        var round = 0;
        _run.Launcher.Server = (_, server) => server.Print(round++ == 1 ? [] : ["READY 127.0.0.1:4711"]);
        Run(rounds: 3, Steady);
        var row = RowOf("epoll-level");
        Assert.Equal((CaseStatus.Ok, 2, 4), (row.Status, row.Rounds, row.Windows));
        Assert.EndsWith(
            "; 1 of 3 rounds failed: the server was not ready within 15 s; see bench.log",
            row.Reason,
            StringComparison.Ordinal
        );
        Assert.Equal([1, 1, 3, 3], Windows().Select(window => window.Round));
        Assert.Equal(row.Requests, Windows().Sum(window => window.Requests));
    }

    [Fact]
    public void With_nothing_to_run_the_reasons_are_the_result()
    {
        var outcome = Run(rounds: 2, TooMany);
        var row = Assert.Single(outcome.Rows);
        Assert.Equal((CaseStatus.Skipped, TooMany.SkipReason), (row.Status, row.Reason));
        Assert.Empty(_run.Launcher.Starts);
        Assert.Empty(Windows());
    }

    [Fact]
    public void An_interruption_keeps_the_cases_before_it_and_starts_none_after_it()
    {
        PlannedCase[] cases = [.. Enumerable.Range(1, 6).Select(clients => Planned.Case("epoll-level", clients))];
        var begun = 0;
        _run.Launcher.Load = (_, load) =>
            load.Instead = (_, order) =>
            {
                if (order is WarmUpOrder && ++begun == 4)
                    _run.Interrupt();
                return false;
            };
        var outcome = Run(rounds: 1, cases);
        Assert.Equal(3, outcome.Rows.Count);
        Assert.Equal(outcome.Rows.Select(Name), Summary().Select(Name));
        Assert.Equal(outcome.Rows.Select(row => row.Clients), Windows().Select(window => window.Clients).Distinct());
        Assert.Equal(8, _run.Launcher.Starts.Count);
        Assert.Contains("interrupted", _run.Log, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clock_that_is_set_back_changes_no_figure()
    {
        var steady = Assert.Single(Run(rounds: 1, Steady).Rows);
        using var other = new FakeRun();
        other.Launcher.Load = (_, load) =>
        {
            load.RequestsOfClient = window => 40 + window;
            load.Instead = (_, order) =>
            {
                other.Clock.Advance(order is MeasureOrder ? -TimeSpan.FromHours(1) : TimeSpan.Zero);
                return false;
            };
        };
        var moved = Assert.Single(other.Run(new Plan([Steady], Planned.Settings(baseline: "epoll-level"))).Rows);
        Assert.Equal(steady, moved);
        var windows = CsvFile.Read<WindowRow>(other.Results.WindowsCsv);
        Assert.True(windows[0].StartedUtc < new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero));
        Assert.All(windows, window => Assert.InRange(window.Seconds, 0.9, 1.1));
    }

    [Fact]
    public void A_run_that_is_interrupted_before_it_begins_starts_nothing()
    {
        _run.Interrupt();
        Assert.Equal(CaseStatus.Skipped, Assert.Single(Run(rounds: 2, Steady, TooMany).Rows).Status);
        Assert.Empty(_run.Launcher.Starts);
    }

    private RunOutcome Run(int rounds, params PlannedCase[] cases) =>
        _run.Run(new Plan(cases, Planned.Settings(rounds, baseline: "epoll-level")));

    private string FileOf(string name) => Path.Combine(_run.Results.FullPath, name);

    private IReadOnlyList<SummaryRow> Summary() => CsvFile.Read<SummaryRow>(_run.Results.SummaryCsv);

    private IReadOnlyList<WindowRow> Windows() => CsvFile.Read<WindowRow>(_run.Results.WindowsCsv);

    private SummaryRow RowOf(string model) => Summary().Single(row => row.Model == model);

    private static string Name(SummaryRow row) => $"{row.Model} {row.Clients} {row.Status}";
}
