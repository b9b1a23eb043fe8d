using System.Diagnostics;
using C10k.Harness.Benchmarking;
using C10k.Harness.Charts;
using C10k.Harness.Collecting;
using C10k.Harness.Planning;
using C10k.Harness.Recording;
using C10k.Harness.Results;
using C10k.Harness.Terminal;
using C10k.Harness.Trials;

namespace C10k.Harness.CommandLine;

/// <summary>One run of a plan from the first trial to the last chart.</summary>
internal sealed class RunSession(
    Plan plan,
    ResultsFolder folder,
    RunEnvironment environment,
    RunLog log,
    IRunDisplay display
)
{
    private readonly long _begin = Stopwatch.GetTimestamp();
    private int _trialsDone;

    /// <summary>Runs every round and returns the rows of the summary.</summary>
    public IReadOnlyList<SummaryRow> Run(string serversExecutable, string loadExecutable, CancellationToken stop)
    {
        using var launcher = new ProcessLauncher(log);
        using var recorder = new RunRecorder(plan, folder);
        recorder.AddSkipped();
        var trials = new TrialEnvironment(
            launcher,
            serversExecutable,
            loadExecutable,
            plan.Settings,
            serverPid => new TrialWatch(serverPid),
            ServerProbe.Check,
            TimeProvider.System,
            log,
            display.Phase
        );
        RunRounds(trials, recorder, stop);
        DrawCharts(recorder);
        return recorder.Rows;
    }

    private void RunRounds(TrialEnvironment trials, RunRecorder recorder, CancellationToken stop)
    {
        if (plan.Runnable.Count == 0)
            return;
        var round = 1;
        var benchmarks = new BenchmarkRounds(
            plan,
            folder.BenchmarkDotNet,
            new LogLogger(log),
            planned => RunTrial(trials, recorder, planned, round, stop)
        );
        for (; round <= plan.Settings.Rounds && !stop.IsCancellationRequested; round++)
            benchmarks.RunRound(round);
        benchmarks.Export(folder.BenchmarkDotNet);
    }

    // BenchmarkDotNet goes on through all cases of a round, also when the run was interrupted: they fail at once, and nothing is recorded.
    private TrialResult RunTrial(
        TrialEnvironment trials,
        RunRecorder recorder,
        PlannedCase planned,
        int round,
        CancellationToken stop
    )
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
            log.Write($"case {planned}, round {round}: interrupted");
            return interrupted;
        }
    }

    // The estimate at first, and what it really takes once that is known.
    private TimeSpan TimeLeft(int total) =>
        _trialsDone < 3
            ? plan.Estimate() * (total - _trialsDone) / total
            : Stopwatch.GetElapsedTime(_begin) * ((double)(total - _trialsDone) / _trialsDone);

    private void DrawCharts(RunRecorder recorder)
    {
        display.Phase("drawing");
        var families = plan
            .Cases.Select(planned => planned.Model)
            .ToLookup(model => model.Name, model => model.Info.Family);
        var charts = ChartSet.Of(
            [.. recorder.Rows.OrderBy(InPlan)],
            recorder.LatencyRows,
            model => families[model].First(),
            environment.Line
        );
        ChartFiles.Draw(charts, folder.Charts, display.Note);
    }

    // Cases run in a shuffled order, but a chart should look the same every time.
    private int InPlan(SummaryRow row) =>
        plan.Cases.TakeWhile(planned => planned.Model.Name != row.Model || planned.Clients != row.Clients).Count();
}
