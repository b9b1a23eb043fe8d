using System.Net;
using C10k.Contract;
using C10k.Harness.External;
using C10k.Harness.Planning;
using C10k.Harness.Recording;
using C10k.Nodes;
using C10k.Nodes.Collecting;
using C10k.Nodes.Processes;

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

/// <summary>Converses with the server of a case before anything is measured.</summary>
/// <exception cref="TrialException">It does not answer in time, or wrongly.</exception>
internal delegate void Probe(PlannedCase planned, IPEndPoint server, TimeSpan patience, CancellationToken stop);

/// <summary>Measures one case once, with a fresh server and a fresh load generator, in the order in which <see cref="Run"/> reads.</summary>
internal sealed class Trial(TrialEnvironment environment, PlannedCase planned, int round, CancellationToken stop)
{
    // The runtime's debugger and profiler ports need threads and leave files in /tmp; no server model is about them.
    private static readonly Dictionary<string, string> QuietRuntime = new() { ["DOTNET_EnableDiagnostics"] = "0" };

    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(15);

    // What the load generator itself grants: a server may start a process for each of ten thousand clients.
    private static readonly TimeSpan GreetingLimit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan ConnectPace = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(4);

    // A server that is whole answers a new client at once.
    private static readonly TimeSpan QuickAnswer = TimeSpan.FromMilliseconds(200);

    private const int EndedBySigint = 130;
    private const int EndedBySigterm = 143;
    private static readonly TimeSpan SignalsSpread = TimeSpan.FromMilliseconds(200);

    private static int s_trials;

    // Abstract names are shared by everyone on the machine.
    private readonly string _selfReportName = $"c10k-{Environment.ProcessId}-{Interlocked.Increment(ref s_trials)}";
    private TrialResult _result = new(planned, round);

    private RunSettings Settings => environment.Settings;

    /// <exception cref="OperationCanceledException">The run was interrupted; everything that was started has ended.</exception>
    public TrialResult Run()
    {
        environment.Log.Write($"case {planned}, round {round}");
        try
        {
            environment.ShowPhase("starting the server");
            using var foreign = ForeignStart.Of(planned, Settings.ServerCpus);
            using var server = environment.Nodes.Server.Start(foreign?.Describe(ServerEnvironment) ?? DescribeServer());
            var endPoint = foreign?.WaitUntilReady(server, stop) ?? WaitUntilReady(server);
            environment.Nodes.Server.CheckOwner(server, endPoint);
            environment.Probe(planned, endPoint, ServerProbe.Patience, stop);
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
            StopServer(server);
            return _result;
        }
        catch (TrialException failure) when (IsInterruption(failure))
        {
            throw new OperationCanceledException(failure.Message, failure, stop);
        }
        catch (NodeException failure)
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

    private Dictionary<string, string> ServerEnvironment =>
        new(QuietRuntime) { [SelfReport.Variable] = _selfReportName };

    private ProcessStart DescribeServer() =>
        new(
            "server",
            environment.ServersExecutable,
            [planned.Model.Name, .. CaseCommands.OfServer(planned.Workload)],
            environment.Nodes.Server.Cpus
        )
        {
            Environment = ServerEnvironment,
        };

    private LoadCrew StartLoad(IPEndPoint server, double? rate) =>
        new(
            environment.Nodes.Loads,
            planned.Clients,
            (node, share) => new LoadProcess(node.Start(DescribeLoad(server, node, share, rate))),
            environment.Log.Write,
            stop
        );

    private ProcessStart DescribeLoad(IPEndPoint server, INode node, LoadShare share, double? rate) =>
        new(
            "load",
            environment.LoadExecutable,
            CaseCommands.OfLoad(planned, Settings.MessageBytes, server, rate, share, node.Cpus.Cpus.Count),
            node.Cpus
        )
        {
            Environment = QuietRuntime,
        };

    private IPEndPoint WaitUntilReady(IChildProcess server)
    {
        string? line;
        try
        {
            line = server.ReadLine(ReadyWithin, stop);
        }
        catch (TimeoutException)
        {
            throw new TrialException($"the server was not ready within {ReadyWithin.TotalSeconds} s; see bench.log");
        }
        if (line is null)
        {
            server.WaitForExit(TimeSpan.FromSeconds(1));
            throw new TrialException($"the server {server.Fate} before it was ready; see bench.log");
        }
        return ReadyLine.TryParse(line, out var endPoint)
            ? endPoint
            : throw new TrialException(
                $"the server's first line is not READY address:port but '{line[..Math.Min(line.Length, 80)]}'"
            );
    }

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
        load.Order<StoppedAnswer>(new StopOrder(), StopWithin);
        load.WaitForExit(StopWithin);
        var report = window.Merge();
        environment.Log.Write($"without a rate it answers {report.ThroughputRps:0} requests/s");
        return report.Requests > 0
            ? report.ThroughputRps * share
            : throw new TrialException(
                "without a rate, not a single request was answered: there is nothing to take a share of"
            );
    }

    private void Measure(IChildProcess server, IPEndPoint endPoint, LoadCrew load, ITrialWatch watch)
    {
        try
        {
            Prepare(load);
        }
        catch (NobodyConnectedException)
        {
            CheckRuns(server);
            throw;
        }
        // Windows are finished that have begun, and what they held is kept, also when the run is interrupted meanwhile.
        stop.ThrowIfCancellationRequested();
        load.GoOnWhenInterrupted();
        // To see what a crash does, there is a window before it, and the others follow.
        var first = planned.Workload.IsCommandedOnce ? 1 : Settings.Windows;
        OrderWindows(first, load);
        watch.Border(0);
        var windows = MeasureWindows(0, first, load, watch).ToList();
        if (planned.Workload.IsCommandedOnce)
        {
            stop.ThrowIfCancellationRequested();
            var crash = Crash(server, endPoint, load, watch);
            _result = _result with { Crash = crash };
            var others = Math.Max(1, Settings.Windows - first);
            OrderWindows(others, load);
            windows.AddRange(MeasureWindows(first, others, load, watch));
        }
        else
        {
            CheckRuns(server);
            // Somebody may have joined it at its port meanwhile (SO_REUSEPORT).
            environment.Nodes.Server.CheckOwner(server, endPoint);
        }
        _result = _result with
        {
            Windows = windows,
            Interrupted = windows.Count < Settings.Windows,
            Metrics = [.. watch.End(), .. CountSyscalls(load, watch)],
            Lost = load.Lost,
        };
    }

    private void Prepare(ILoad load)
    {
        environment.ShowPhase("connecting");
        var patience = CaseCommands.ConnectTimeout + ConnectPace * planned.Clients;
        var connected = load.Order<ConnectedAnswer>(new ConnectOrder(), patience);
        _result = _result with { Connected = connected, Errors = connected.Errors };
        if (connected.Connected == 0)
            throw new NobodyConnectedException($"no client could connect: {connected.Errors}");

        environment.ShowPhase("first replies");
        var greeted = load.Order<GreetedAnswer>(new GreetOrder(), GreetingLimit);
        environment.Log.Write($"{greeted.Served} clients had their first reply within {greeted.Seconds:0.0} s");

        environment.ShowPhase("warming up");
        _result = _result with { WarmedUp = new WarmUp(load, Settings.WarmUp).Run() };
    }

    private CrashOutcome Crash(IChildProcess server, IPEndPoint endPoint, ILoad load, ITrialWatch watch)
    {
        environment.ShowPhase("crashing a handler");
        var outcome = new CrashWatch(server.Id, watch, Serves, environment.Clock).Run(
            () => load.Order<CommandedAnswer>(new CommandOrder(), TimeSpan.Zero),
            stop
        );
        environment.Log.Write($"crashed: {outcome.Crashed}, whole again after {outcome.RecoverySeconds} s");
        return outcome;

        bool Serves()
        {
            try
            {
                environment.Probe(planned, endPoint, QuickAnswer, stop);
                return true;
            }
            catch (TrialException)
            {
                return false;
            }
        }
    }

    private IEnumerable<MetricValue> CountSyscalls(ILoad load, ITrialWatch watch)
    {
        // Interrupted, the load generator still answers what was ordered before.
        if (!Settings.CountSyscalls || stop.IsCancellationRequested)
            return [];
        environment.ShowPhase("counting system calls");
        var count = new SyscallCount(environment.Nodes.Server, Settings.Window, stop);
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

    private void OrderWindows(int count, ILoad load)
    {
        var slices = Slices.In(Settings.Window);
        var order = new MeasureOrder(count * slices, Settings.Window.TotalSeconds / slices);
        load.Order<BorderAnswer>(order, TimeSpan.Zero);
    }

    private IEnumerable<MeasuredWindow> MeasureWindows(int first, int count, ILoad load, ITrialWatch watch)
    {
        for (var i = first; i < first + count && (i == first || !stop.IsCancellationRequested); i++)
        {
            environment.ShowPhase($"measuring {i + 1}/{Settings.Windows}");
            environment.Log.Write($"window {i + 1} of {Settings.Windows}");
            yield return MeasureWindow(i, load, watch);
        }
    }

    private MeasuredWindow MeasureWindow(int index, ILoad load, ITrialWatch watch)
    {
        var started = environment.Clock.GetUtcNow();
        var samples = new List<Sample>();
        var window = ReceiveWindow(load, Look);
        return new MeasuredWindow(index, started, window.Merge(), window.Latency)
        {
            Service = window.Service,
            Samples = samples,
        };

        void Look(Slices soFar, bool isLast)
        {
            var seen = isLast ? watch.Border(index + 1) : watch.Sample();
            samples.Add(new Sample(soFar.Seconds, soFar.Requests, seen));
        }
    }

    private Slices ReceiveWindow(ILoad load, Action<Slices, bool> look)
    {
        var slices = Slices.In(Settings.Window);
        var soFar = new Slices();
        for (var slice = 1; slice <= slices; slice++)
        {
            Add(soFar, load.Receive<WindowAnswer>(Settings.Window / slices));
            look(soFar, slice == slices);
        }
        return soFar;
    }

    private static void CheckRuns(IChildProcess server)
    {
        if (server.ExitCode is { } exitCode)
            throw new TrialException($"the server ended with exit code {exitCode} under load; see bench.log")
            {
                ExitCode = exitCode,
            };
        if (server.IsHalted)
            throw new TrialException("the server was halted (SIGSTOP) under load, and did not go on");
    }

    // The windows are measured: an interruption no longer changes what they held.
    private void StopLoad(LoadCrew load)
    {
        var stopped = load.Finish(StopWithin);
        _result = _result with { Errors = stopped.Errors };
        if (stopped.Errors.Corrupt > 0)
            throw new TrialException(
                $"{stopped.Errors.Corrupt:N0} replies were wrong, and a server that answers wrongly gets no figure"
            );
    }

    private void StopServer(IChildProcess server)
    {
        var obeyed = server.Stop(StopWithin);
        if (obeyed && server.ExitCode != ExitCode.Success)
            environment.Log.Write($"server: ended with exit code {server.ExitCode} when it was asked to stop");
        if (!obeyed)
            _result = _result with
            {
                Note = $"the server did not stop within {StopWithin.TotalSeconds} s and was killed",
            };
    }

    private static void Add(Slices window, WindowAnswer slice)
    {
        try
        {
            window.Add(slice);
        }
        catch (FormatException wrong)
        {
            throw new TrialException($"the load generator: {wrong.Message}");
        }
    }
}
