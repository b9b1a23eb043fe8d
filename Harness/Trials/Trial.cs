using System.Net;
using C10k.Contract;
using C10k.Harness.External;
using C10k.Harness.Planning;
using C10k.Harness.Recording;
using C10k.Nodes;

namespace C10k.Harness.Trials;

/// <summary>What trials need that stays the same from case to case.</summary>
internal sealed record TrialEnvironment(
    BenchNodes Nodes,
    string ServersExecutable,
    string LoadExecutable,
    RunSettings Settings,
    Probe Probe,
    TimeProvider Clock,
    RunLog Log,
    Action<string> ShowPhase
)
{
    /// <summary>Ends what a trial left running, though all that it started was ended.</summary>
    public Action EndOrphans { get; init; } = () => { };
}

/// <summary>Converses with the server of a case, before anything is measured, or when it may have come back.</summary>
/// <exception cref="TrialException">It does not answer in time, or wrongly.</exception>
internal delegate void Probe(PlannedCase planned, IPEndPoint server, ProbeEffort effort, CancellationToken stop);

/// <summary>Measures one case once, with a fresh server and a fresh load generator, in the order in which <see cref="Run"/> reads.</summary>
internal sealed partial class Trial(
    TrialEnvironment environment,
    PlannedCase planned,
    int round,
    CancellationToken stop
)
{
    private const int EndedBySigint = 130;
    private const int EndedBySigterm = 143;
    private static readonly TimeSpan SignalsSpread = TimeSpan.FromMilliseconds(200);

    private static int s_trials;

    // Abstract names are shared by everyone on the machine.
    private readonly string _selfReportName = $"c10k-{Environment.ProcessId}-{Interlocked.Increment(ref s_trials)}";
    private TrialResult _result = new(planned, round);

    private RunSettings Settings => environment.Settings;

    private TimeSpan Window => planned.Workload.WindowOf(planned.Clients, Settings.Window);

    /// <exception cref="OperationCanceledException">The run was interrupted; everything that was started has ended.</exception>
    public TrialResult Run()
    {
        environment.Log.Write($"case {planned}, round {round}");
        try
        {
            environment.ShowPhase("starting the server");
            using var foreign = ForeignStart.Of(planned, Settings.ServerCpus, environment.EndOrphans);
            using var server = environment.Nodes.Server.Start(foreign?.Describe(ServerEnvironment) ?? DescribeServer());
            var endPoint = foreign?.WaitUntilReady(server, stop) ?? WaitUntilReady(server);
            environment.Nodes.Server.CheckOwner(server, endPoint);
            ProbeServer(server, endPoint);
            using var watch = environment.Nodes.Server.Watch(server, endPoint.Port, _selfReportName);

            _result = _result with { ServerPid = server.Id };
            var rate = FindRate(endPoint);
            _result = _result with { RateAskedRps = rate };
            using var load = StartLoad(endPoint, rate);
            Measure(server, endPoint, load, watch);

            environment.ShowPhase("stopping");
            if (_result.Interrupted)
                load.Stop(StopWithin);
            else
                StopLoad(load);
            if (Settings.Wrk is not null && !_result.Interrupted)
                LoadWithWrk(endPoint);
            StopServer(server);
            return _result;
        }
        catch (TrialException failure) when (IsInterruption(failure))
        {
            throw new OperationCanceledException(failure.Message, failure, stop);
        }
        // The kernel refuses something, or a file is gone: a matter of this case, while its neighbours may do.
        catch (Exception failure) when (failure is NodeException or IOException or UnauthorizedAccessException)
        {
            environment.Log.Write($"case {planned}, round {round}: failed: {failure.Message}");
            // What was measured before it failed is no figure; how connecting went is worth telling.
            return _result with { Failure = failure.Message, Windows = [], Metrics = [] };
        }
        finally
        {
            environment.EndOrphans();
        }
    }

    // A service manager tells every process of a run to end, and some do so before we hear of it: that is no failure of theirs.
    private bool IsInterruption(TrialException failure) =>
        failure.ExitCode is ExitCode.Success or EndedBySigint or EndedBySigterm
        && stop.WaitHandle.WaitOne(SignalsSpread);
}
