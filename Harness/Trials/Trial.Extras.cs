using System.Net;
using C10k.Contract;
using C10k.Nodes.Collecting;
using C10k.Nodes.Processes;

namespace C10k.Harness.Trials;

/// <summary>What only some cases are measured for: a share of what the server can do, a crash, system calls, a figure of wrk.</summary>
internal sealed partial class Trial
{
    // Where the rate is a share of what the server can do, that is found out first: by other clients, who leave again.
    private double? FindRate(IPEndPoint server)
    {
        if (planned.Workload.RateShare is not { } share)
            return planned.Workload.Rate;
        using var load = StartLoad(server, rate: null);
        Prepare(load);
        environment.ShowPhase("finding the rate");
        OrderWindows(1, load);
        var window = ReceiveWindow(load, (_, _) => { });
        load.Finish(StopWithin);
        var report = window.Merge();
        environment.Log.Write($"without a rate it answers {report.ThroughputRps:0} requests/s");
        return report.Requests > 0
            ? report.ThroughputRps * share
            : throw new TrialException(
                "without a rate, not a single request was answered: there is nothing to take a share of"
            );
    }

    private CrashOutcome Crash(IChildProcess server, IPEndPoint endPoint, ILoad load, ITrialWatch watch)
    {
        environment.ShowPhase("crashing a handler");
        var replacesProcesses = planned.Model.Info.ProcessesPerClient == 0;
        var outcome = new CrashWatch(server.Id, replacesProcesses, watch, Serves, environment.Clock).Run(
            () => load.Order<CommandedAnswer>(new CommandOrder(), TimeSpan.Zero),
            stop
        );
        environment.Log.Write($"crashed: {outcome.Crashed}, whole again after {outcome.RecoverySeconds} s");
        return outcome;

        bool Serves() => !HasRoomForOneMore || IsServed(endPoint);
    }

    // Where more clients are connected than are served at once, a new one would stand in the queue behind them.
    private bool HasRoomForOneMore => !(planned.Model.ServesAtOnce(Settings.ServerCpus) < planned.Clients);

    private bool IsServed(IPEndPoint newcomerTo)
    {
        try
        {
            environment.Probe(planned, newcomerTo, ProbeEffort.OfOneClient, stop);
            return true;
        }
        catch (TrialException)
        {
            return false;
        }
    }

    // In windows of its own, with our clients gone: a server that serves a few at once serves those of wrk now.
    private void LoadWithWrk(IPEndPoint server)
    {
        environment.ShowPhase("measuring with wrk");
        try
        {
            var node = environment.Nodes.Loads[0];
            var wrk = new WrkRun(node, planned.Clients, Window * Settings.Windows, stop).Measure(server);
            if (wrk.Unavailable is { } reason)
                environment.Log.Write($"wrk: {reason}");
            _result = _result with { Wrk = wrk };
        }
        catch (OperationCanceledException)
        {
            // Our own windows are whole, and kept; --resume measures this trial again.
            _result = _result with
            {
                Interrupted = true,
            };
        }
    }

    private IEnumerable<MetricValue> CountSyscalls(ILoad load, ITrialWatch watch)
    {
        // Interrupted, the load generator still answers what was ordered before.
        if (!Settings.CountSyscalls || stop.IsCancellationRequested)
            return [];
        environment.ShowPhase("counting system calls");
        var count = new SyscallCount(environment.Nodes.Server, Window, stop);
        var perRequest = count.PerRequest(watch.Processes(), MeasureRate);
        if (perRequest.Unavailable is { } reason)
            environment.Log.Write($"system calls: {reason}");
        return [perRequest];

        double MeasureRate()
        {
            OrderWindows(1, load);
            return ReceiveWindow(load, (_, _) => { }).Merge().ThroughputRps;
        }
    }
}
