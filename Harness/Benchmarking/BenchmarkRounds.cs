using System.Reflection;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Parameters;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using C10k.Harness.Planning;
using C10k.Harness.Trials;

namespace C10k.Harness.Benchmarking;

/// <summary>
/// Runs the plan through BenchmarkDotNet, a run for each round (it would otherwise run the rounds of a case back to back), and merges
/// the runs into one summary in the end. A job is a model, the method is the workload, the parameter is the number of clients.
/// </summary>
internal sealed class BenchmarkRounds
{
    private const string ClientsParameter = "clients";

    private readonly Plan _plan;
    private readonly ILogger _logger;
    private readonly ImmutableConfig _config;
    private readonly Dictionary<PlannedCase, BenchmarkCase> _benchmarks;
    private readonly Dictionary<string, PlannedCase> _cases;
    private readonly List<Summary> _rounds = [];

    public BenchmarkRounds(Plan plan, string artifactsFolder, ILogger logger, Func<PlannedCase, TrialResult> run)
    {
        _plan = plan;
        _logger = logger;
        var toolchain = new BenchToolchain(new TrialExecutor(benchmark => _cases![benchmark.DisplayInfo], run));
        var jobs = plan
            .Runnable.Select(planned => planned.Model.Name)
            .Distinct()
            .ToDictionary(model => model, model => MakeJob(model, toolchain));
        _config = MakeConfig(artifactsFolder);
        _benchmarks = plan.Runnable.ToDictionary(
            planned => planned,
            planned => MakeBenchmark(planned, jobs[planned.Model.Name])
        );
        _cases = _benchmarks.ToDictionary(pair => pair.Value.DisplayInfo, pair => pair.Key);
    }

    /// <summary>Runs every case once.</summary>
    public void RunRound(int round)
    {
        BenchmarkCase[] inOrder = [.. _plan.Round(round).Select(planned => _benchmarks[planned])];
        _rounds.Add(BenchmarkRunner.Run(new BenchmarkRunInfo(inOrder, typeof(ServerBenchmarks), _config)));
    }

    /// <summary>Writes BenchmarkDotNet's own summary of all rounds: Markdown for people, JSON for programs.</summary>
    public void Export(string folder)
    {
        if (_rounds.Count == 0)
            return;
        var reports = _rounds.SelectMany(round => round.Reports).GroupBy(report => report.BenchmarkCase).Select(Merge);
        MergedSummary.Export("C10kBench", _rounds, [.. reports], folder, _logger);
    }

    private static BenchmarkReport Merge(IGrouping<BenchmarkCase, BenchmarkReport> rounds) =>
        new(
            rounds.All(report => report.Success),
            rounds.Key,
            rounds.First().GenerateResult,
            rounds.First().BuildResult,
            [.. rounds.SelectMany(report => report.ExecuteResults)],
            []
        );

    private Job MakeJob(string model, BenchToolchain toolchain)
    {
        var job = new Job(model).WithToolchain(toolchain);
        return model == _plan.Settings.Baseline ? job.AsBaseline() : job;
    }

    private BenchmarkCase MakeBenchmark(PlannedCase planned, Job job)
    {
        var type = typeof(ServerBenchmarks);
        var method = type.GetMethod(nameof(ServerBenchmarks.Run), BindingFlags.Public | BindingFlags.Instance)!;
        var descriptor = new Descriptor(type, method, description: planned.Workload.Id);
        var clients = new ParameterInstance(
            new ParameterDefinition(ClientsParameter, false, [], false, typeof(int), 0),
            planned.Clients,
            SummaryStyle.Default
        );
        return BenchmarkCase.Create(descriptor, job, new ParameterInstances([clients]), _config);
    }

    private ImmutableConfig MakeConfig(string artifactsFolder) =>
        ManualConfig
            .CreateEmpty()
            .AddLogger(_logger)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddColumn(StatisticColumn.OperationsPerSecond)
            .WithArtifactsPath(artifactsFolder)
            .WithOptions(ConfigOptions.DisableLogFile)
            .CreateImmutableConfig();
}
