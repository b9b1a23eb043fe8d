using System.Text;
using C10k.Harness.CommandLine;
using C10k.Harness.Planning;
using C10k.Harness.Recording;
using C10k.Harness.Results;
using C10k.Harness.Trials;

namespace C10k.Tests.Support;

/// <summary>The Harness from the plan to the files, with fake processes and a fake clock: a whole run takes milliseconds.</summary>
internal sealed class FakeRun : IDisposable
{
    private readonly Harness.TemporaryFolder _folder = new();
    private readonly CancellationTokenSource _interrupt = new();
    private readonly StringBuilder _log = new();

    public FakeRun()
    {
        Launcher = new FakeLauncher(Clock);
        Probe = (_, _, _, _) => Launcher.Steps.Add("probe");
        Results = ResultsFolder.At(_folder["run"]);
    }

    public FakeClock Clock { get; } = new();

    public FakeLauncher Launcher { get; }

    public Probe Probe { get; set; }

    /// <summary>The server's CPU time, as a share of one CPU.</summary>
    public double ServerCpuCores { get; set; } = 0.95;

    /// <summary>On how many nodes the load runs.</summary>
    public int LoadNodes { get; set; } = 1;

    public ResultsFolder Results { get; }

    public RecordingDisplay Display { get; } = new();

    public string Log => _log.ToString();

    /// <summary>Ctrl-C.</summary>
    public void Interrupt() => _interrupt.Cancel();

    /// <summary>Runs one case once.</summary>
    public TrialResult Try(PlannedCase planned)
    {
        using var log = new RunLog(new StringWriter(_log), Clock);
        return new Trial(MakeTrials(Planned.Settings(), log), planned, round: 1, _interrupt.Token).Run();
    }

    /// <summary>Runs a whole plan.</summary>
    public RunOutcome Run(Plan plan)
    {
        using var log = new RunLog(new StringWriter(_log), Clock);
        return new RunSession(plan, Results, MakeTrials(plan.Settings, log), Display).Run(_interrupt.Token);
    }

    public void Dispose()
    {
        _interrupt.Dispose();
        _folder.Dispose();
    }

    private FakeWatch Watch() => new(Launcher.Steps.Add) { ServerCpuCores = ServerCpuCores };

    private TrialEnvironment MakeTrials(RunSettings settings, RunLog log) =>
        new(Nodes(settings), "/bench/Servers", "/bench/LoadGen", settings, Probe, Clock, log, Display.Phase);

    private BenchNodes Nodes(RunSettings settings) =>
        new(
            new FakeNode(Launcher, settings.ServerCpus, Watch),
            [
                .. Enumerable
                    .Range(1, LoadNodes)
                    .Select(i => new FakeNode(Launcher, settings.LoadCpus, Watch) { Name = $"node {i}" }),
            ]
        );
}
