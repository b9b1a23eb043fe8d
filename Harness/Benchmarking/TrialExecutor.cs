using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains;
using BenchmarkDotNet.Toolchains.Parameters;
using BenchmarkDotNet.Toolchains.Results;
using C10k.Harness.Planning;
using C10k.Harness.Trials;

namespace C10k.Harness.Benchmarking;

/// <summary>
/// Executes one benchmark case as one trial and hands BenchmarkDotNet a measurement a window: operations are the requests answered, so
/// that its Mean is the time per request.
/// </summary>
internal sealed class TrialExecutor(Func<BenchmarkCase, PlannedCase> find, Func<PlannedCase, TrialResult> run)
    : IExecutor
{
    public ExecuteResult Execute(ExecuteParameters parameters)
    {
        var result = run(find(parameters.BenchmarkCase));
        var lines = result.Windows.Where(window => window.Report.Requests > 0).SelectMany(ToMeasurements).ToList();
        return result.Failure is null && lines.Count > 0
            ? new ExecuteResult(true, 0, result.ServerPid, lines, [], [], parameters.LaunchIndex)
            : new ExecuteResult(true, 1, null, [], [$"// ERROR: {result.Failure}"], [], parameters.LaunchIndex);

        IEnumerable<string> ToMeasurements(MeasuredWindow window) =>
            from stage in (IterationStage[])[IterationStage.Actual, IterationStage.Result]
            select new Measurement(
                parameters.LaunchIndex,
                IterationMode.Workload,
                stage,
                window.Index + 1,
                window.Report.Requests,
                window.Report.Seconds * 1e9
            ).ToString();
    }
}
