using System.Diagnostics;
using C10k.Harness.Benchmarking;
using C10k.Harness.Planning;
using C10k.Harness.Recording;
using C10k.Harness.Results;
using C10k.Harness.Terminal;
using C10k.Harness.Trials;

namespace C10k.Harness.CommandLine;

/// <summary>One run of a plan from the first trial to the last row.</summary>
internal sealed class RunSession(Plan plan, ResultsFolder folder, TrialEnvironment trials, IRunDisplay display)
{
    private readonly long _begin = Stopwatch.GetTimestamp();
    private int _trialsDone;

    /// <summary>Runs every round, and returns what stands in the files.</summary>
    public RunOutcome Run(CancellationToken stop)
    {
        using var recorder = new RunRecorder(plan, folder);
        recorder.AddSkipped();
        RunRounds(recorder, stop);
        return new RunOutcome(recorder.Rows, recorder.LatencyRows);
    }

    private void RunRounds(RunRecorder recorder, CancellationToken stop)
    {
        if (plan.Runnable.Count == 0)
            return;
        var round = 1;
        var benchmarks = new BenchmarkRounds(
            plan,
            folder.BenchmarkDotNet,
            new LogLogger(trials.Log),
            planned => RunTrial(recorder, planned, round, stop)
        );
        for (; round <= plan.Settings.Rounds && !stop.IsCancellationRequested; round++)
            benchmarks.RunRound(round);
        benchmarks.Export(folder.BenchmarkDotNet);
    }

    // BenchmarkDotNet goes on through all cases of a round, also when the run was interrupted: they fail at once, and nothing is recorded.
    private TrialResult RunTrial(RunRecorder recorder, PlannedCase planned, int round, CancellationToken stop)
    {
        var interrupted = new TrialResult(planned, round) { Failure = "interrupted" };
        if (stop.IsCancellationRequested)
            return interrupted;
        var total = plan.Runnable.Count * plan.Settings.Rounds;
        display.BeginCase(planned, round, _trialsDone + 1, total, TimeLeft(total));
        try
        {
            var result = new Trial(trials, planned, round, stop).Run();
            display.EndCase(planned, recorder.Add(result));
            _trialsDone++;
            return result;
        }
        catch (OperationCanceledException)
        {
            trials.Log.Write($"case {planned}, round {round}: interrupted");
            return interrupted;
        }
    }

    // The estimate at first, and what it really takes once that is known.
    private TimeSpan TimeLeft(int total) =>
        _trialsDone < 3
            ? plan.Estimate() * ((double)(total - _trialsDone) / total)
            : Stopwatch.GetElapsedTime(_begin) * ((double)(total - _trialsDone) / _trialsDone);
}

/// <summary>The rows of <c>summary.csv</c> and of <c>latency.csv</c>.</summary>
internal sealed record RunOutcome(IReadOnlyList<SummaryRow> Rows, IReadOnlyList<LatencyRow> Latencies);
