using System.Text.Json;
using C10k.Harness.Benchmarking;
using C10k.Harness.Planning;
using C10k.Harness.Recording;
using C10k.Harness.Trials;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.Harness.Benchmarking;

/// <summary>What BenchmarkDotNet makes of trials.</summary>
public sealed class BenchmarkRoundsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _log = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_window_is_a_measurement_of_so_many_operations_in_so_much_time()
    {
        var planned = Planned.Case(clients: 10);
        Run(rounds: 2, (asked, round) => Rounds.Measured(asked, round, 100, 40 * round, 50 * round), planned);
        Assert.Equal(
            [(40, 2e9), (50, 2e9), (80, 2e9), (100, 2e9)],
            Measurements(Assert.Single(Benchmarks())).Select(m => (m.Operations, m.Nanoseconds))
        );
    }

    [Fact]
    public void The_mean_is_the_time_of_a_request()
    {
        Run(rounds: 1, (asked, round) => Rounds.Measured(asked, round, 100, 1000, 1000), Planned.Case(clients: 10));
        var statistics = Assert.Single(Benchmarks()).GetProperty("Statistics");
        Assert.Equal(2e9 / 1000, statistics.GetProperty("Mean").GetDouble(), 1e-3);
        Assert.Equal(2, statistics.GetProperty("N").GetInt32());
    }

    [Fact]
    public void A_window_without_requests_is_left_out()
    {
        Run(rounds: 1, (asked, round) => Rounds.Measured(asked, round, 100, 40, 0, 50), Planned.Case(clients: 10));
        Assert.Equal([40, 50], Measurements(Assert.Single(Benchmarks())).Select(m => m.Operations));
    }

    [Theory]
    [InlineData("async")]
    [InlineData("prefork:workers=4,pinned=yes")]
    [InlineData("a b \"c\" <d> | e")]
    [InlineData("übergroß")]
    public void A_model_may_be_called_anything(string model)
    {
        PlannedCase[] cases = [Planned.Case(model, 10), Planned.Case(model, 20), Planned.Case("other", 10)];
        var asked = new List<PlannedCase>();
        Run(
            rounds: 1,
            (planned, round) =>
            {
                asked.Add(planned);
                return Rounds.Measured(planned, round, 100, 40);
            },
            cases
        );
        Assert.Equal(cases.Select(Name).Order(), asked.Select(Name).Order());
        Assert.Equal(3, Benchmarks().Count);
    }

    [Fact]
    public void Cases_run_in_the_order_of_the_plan_and_each_once()
    {
        PlannedCase[] cases = [.. Enumerable.Range(1, 12).Select(clients => Planned.Case(clients: clients))];
        var plan = new Plan(cases, Planned.Settings(rounds: 2));
        var asked = new List<int>();
        Run(
            rounds: 2,
            (planned, round) =>
            {
                asked.Add(planned.Clients);
                return Rounds.Measured(planned, round, 100, 40);
            },
            cases
        );
        Assert.Equal(plan.Round(1).Concat(plan.Round(2)).Select(planned => planned.Clients), asked);
    }

    [Fact]
    public void A_failed_case_has_no_measurements_and_the_others_have_theirs()
    {
        Run(
            rounds: 1,
            (asked, round) =>
                asked.Clients == 10
                    ? Rounds.Failed(asked, round, "it \"broke\"\nin two lines")
                    : Rounds.Measured(asked, round, 100, 40),
            Planned.Case(clients: 10),
            Planned.Case(clients: 20)
        );
        Assert.Equal([0, 1], Benchmarks().Select(benchmark => Measurements(benchmark).Count).Order());
    }

    [Fact]
    public void A_case_that_failed_in_one_round_keeps_the_figures_of_the_others()
    {
        Run(
            rounds: 3,
            (asked, round) => round == 2 ? Rounds.Failed(asked, round, "why") : Rounds.Measured(asked, round, 100, 40),
            Planned.Case(clients: 10)
        );
        Assert.Equal(2, Measurements(Assert.Single(Benchmarks())).Count);
        Assert.Contains("ms |", Markdown(), StringComparison.Ordinal);
        Assert.DoesNotContain("NA", Markdown(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_round_there_is_nothing_to_export()
    {
        using var log = new RunLog(_log, new FakeClock());
        Open(1, log, (asked, round) => Rounds.Failed(asked, round, "never"), Planned.Case()).Export(_folder.FullPath);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.FullPath));
    }

    [Fact]
    public void Nothing_is_left_in_the_folder_but_the_two_summaries()
    {
        Run(rounds: 2, (asked, round) => Rounds.Measured(asked, round, 100, 40), Planned.Case());
        Assert.Equal(
            [".json", ".md"],
            Directory.GetFileSystemEntries(_folder.FullPath).Select(Path.GetExtension).Order()
        );
    }

    private void Run(int rounds, Func<PlannedCase, int, TrialResult> run, params PlannedCase[] cases)
    {
        using var log = new RunLog(_log, new FakeClock());
        var round = 1;
        var benchmarks = Open(rounds, log, (planned, _) => run(planned, round), cases);
        for (; round <= rounds; round++)
            benchmarks.RunRound(round);
        benchmarks.Export(_folder.FullPath);
    }

    private BenchmarkRounds Open(
        int rounds,
        RunLog log,
        Func<PlannedCase, int, TrialResult> run,
        params PlannedCase[] cases
    ) =>
        new(
            new Plan(cases, Planned.Settings(rounds, baseline: "epoll-level")),
            _folder.FullPath,
            new LogLogger(log),
            planned => run(planned, 1)
        );

    private List<JsonElement> Benchmarks()
    {
        var file = Assert.Single(Directory.GetFiles(_folder.FullPath, "*.json"));
        using var json = JsonDocument.Parse(File.ReadAllText(file));
        return [.. json.RootElement.GetProperty("Benchmarks").EnumerateArray().Select(element => element.Clone())];
    }

    private string Markdown() => File.ReadAllText(Assert.Single(Directory.GetFiles(_folder.FullPath, "*.md")));

    private static List<(long Operations, double Nanoseconds)> Measurements(JsonElement benchmark) =>
        [
            .. from measurement in benchmark.GetProperty("Measurements").EnumerateArray()
            where measurement.GetProperty("IterationStage").GetString() == "Result"
            select (
                measurement.GetProperty("Operations").GetInt64(),
                measurement.GetProperty("Nanoseconds").GetDouble()
            ),
        ];

    private static string Name(PlannedCase planned) => planned.ToString();
}
