using System.Diagnostics;
using System.Runtime.ExceptionServices;
using C10k.Harness.Benchmarking;
using C10k.Harness.Planning;
using C10k.Harness.Recording;
using C10k.Harness.Results;
using C10k.Harness.Terminal;
using C10k.Harness.Trials;

namespace C10k.Harness.CommandLine;

/// <summary>One run of a plan from the first trial to the last row.</summary>
/// <param name="enough">Asked after each round whether further ones are needless; null where all are run.</param>
internal sealed class RunSession(
    Plan plan,
    ResultsFolder folder,
    TrialEnvironment trials,
    IRunDisplay display,
    Func<RunRecorder, bool>? enough = null
)
{
    private readonly long _begin = Stopwatch.GetTimestamp();
    private int _trialsDone;
    private ExceptionDispatchInfo? _unwritten;

    /// <summary>Runs every round, and returns what stands in the files.</summary>
    /// <exception cref="IOException">A result cannot be written. What was written before is whole, and everything that was started has ended.</exception>
    public RunOutcome Run(CancellationToken stop)
    {
        using var recorder = new RunRecorder(plan, folder);
        RunRounds(recorder, stop);
        if (enough is not null || stop.IsCancellationRequested)
            recorder.ConcludeEarly();
        recorder.Finish();
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
        {
            benchmarks.RunRound(round);
            _unwritten?.Throw();
            if (enough?.Invoke(recorder) is true)
                break;
        }
        Export(benchmarks);
    }

    // It holds no figure that the other files do not have.
    private void Export(BenchmarkRounds benchmarks)
    {
        try
        {
            benchmarks.Export(folder.BenchmarkDotNet);
        }
        catch (IOException failure)
        {
            display.Note($"no summary by BenchmarkDotNet: {failure.Message}");
        }
    }

    // BenchmarkDotNet goes on through all cases of a round, also when the run was interrupted: they fail at once, and nothing is recorded.
    private TrialResult RunTrial(RunRecorder recorder, PlannedCase planned, int round, CancellationToken stop)
    {
        var interrupted = new TrialResult(planned, round) { Failure = "interrupted" };
        if (stop.IsCancellationRequested || _unwritten is not null)
            return interrupted;
        if (recorder.Find(planned, round) is { } before)
            return before;
        var total = plan.Runnable.Count * plan.Settings.Rounds;
        display.BeginCase(planned, round, recorder.Trials + 1, total, TimeLeft(total, recorder.Trials));
        try
        {
            var result = new Trial(trials, planned, round, stop).Run();
            display.EndCase(planned, recorder.Add(result));
            _trialsDone++;
            return result;
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            // Thrown through BenchmarkDotNet it would lose its way.
            _unwritten = ExceptionDispatchInfo.Capture(unwritable);
            return interrupted;
        }
        catch (OperationCanceledException)
        {
            trials.Log.Write($"case {planned}, round {round}: interrupted");
            return interrupted;
        }
    }

    // What a trial took so far; the estimate counts as much as a quarter of all trials, so that one of the first that takes long does not tell.
    private TimeSpan TimeLeft(int total, int done)
    {
        var seen = Stopwatch.GetElapsedTime(_begin).Ticks + plan.Estimate().Ticks / 4.0;
        var left = seen / (_trialsDone + total / 4.0) * (total - done);
        return left < TimeSpan.MaxValue.Ticks ? TimeSpan.FromTicks((long)left) : TimeSpan.MaxValue;
    }
}

/// <summary>The rows of <c>summary.csv</c> and of <c>latency.csv</c>.</summary>
internal sealed record RunOutcome(IReadOnlyList<SummaryRow> Rows, IReadOnlyList<LatencyRow> Latencies);
