using System.Reflection;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using C10k.Harness.Benchmarking;
using C10k.Harness.Judging;
using C10k.Harness.Results;
using Perfolizer.Horology;
using Perfolizer.Mathematics.OutlierDetection;

namespace C10k.Harness.Latencies;

/// <summary>
/// Times operations with BenchmarkDotNet's own engine, inside this process: it then takes neither a compiler nor a registry. A run for each
/// operation, so that one that fails costs no other its figure.
/// </summary>
/// <param name="quick">A rough look: few and short iterations.</param>
internal sealed class LatencyRun(string artifactsFolder, ILogger logger, bool quick)
{
    private readonly IConfig _config = ManualConfig
        .CreateEmpty()
        .AddJob(
            quick ? Lasting("quick", 10, warmups: 1, iterations: 3) : Lasting("normal", 100, warmups: 3, iterations: 11)
        )
        .AddLogger(logger)
        .AddColumnProvider(DefaultColumnProviders.Instance)
        .WithArtifactsPath(artifactsFolder)
        .WithOptions(ConfigOptions.DisableLogFile);

    private readonly List<Summary> _runs = [];

    /// <summary>Writes BenchmarkDotNet's own summary.</summary>
    public void Export()
    {
        if (_runs.Count > 0)
            MergedSummary.Export(
                "Latencies",
                _runs,
                [.. _runs.SelectMany(run => run.Reports)],
                artifactsFolder,
                logger
            );
    }

    /// <summary>Times an operation. A row without a figure says why it has none.</summary>
    /// <param name="cycleNs">What a CPU cycle takes; null where that is not known yet.</param>
    public MachineLatencyRow Time(Operation operation, double? cycleNs)
    {
        if (operation.WhyNot is { } why)
            return Row(operation) with { Reason = why };
        var figures = Run(operation);
        if (figures.Count == 0)
            return Row(operation) with { Reason = "the benchmark failed, see bench.log" };
        var (median, low, high) = Statistics.MedianWithInterval(figures);
        return Row(operation) with
        {
            MedianNs = median,
            CiLowNs = low,
            CiHighNs = high,
            Iterations = figures.Count,
            ScaledSeconds = median / (cycleNs ?? (operation.Id == MachineLatencyRow.Cycle ? median : null)),
        };
    }

    // Nanoseconds for each operation, one figure an iteration.
    private List<double> Run(Operation operation)
    {
        var method = operation.Benchmarks.GetMethod(operation.Method, BindingFlags.Public | BindingFlags.Instance)!;
        var summary = BenchmarkRunner.Run(operation.Benchmarks, [method], _config);
        _runs.Add(summary);
        return
        [
            .. summary
                .Reports.Where(report => report.Success)
                .SelectMany(report => report.GetResultRuns())
                .Select(run => run.Nanoseconds / run.Operations),
        ];
    }

    private static MachineLatencyRow Row(Operation operation) =>
        new()
        {
            Operation = operation.Id,
            Title = operation.Title,
            Meaning = operation.Meaning,
        };

    private static Job Lasting(string name, double milliseconds, int warmups, int iterations) =>
        new Job(name)
            .WithToolchain(InProcessEmitToolchain.DontLogOutput)
            .WithIterationTime(TimeInterval.FromMilliseconds(milliseconds))
            .WithWarmupCount(warmups)
            .WithIterationCount(iterations)
            .WithEvaluateOverhead(false)
            .WithOutlierMode(OutlierMode.DontRemove)
            .WithGcForce(false);
}
