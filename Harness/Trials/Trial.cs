using System.Net;
using C10k.Contract;
using C10k.Harness.Collecting;
using C10k.Harness.Planning;
using C10k.Harness.Recording;

namespace C10k.Harness.Trials;

/// <summary>What trials need that stays the same from case to case.</summary>
internal sealed record TrialEnvironment(
    IProcessLauncher Launcher,
    string ServersExecutable,
    string LoadExecutable,
    RunSettings Settings,
    Func<WatchedServer, ITrialWatch> Watch,
    Action<IPEndPoint, CancellationToken> Probe,
    TimeProvider Clock,
    RunLog Log,
    Action<string> ShowPhase
)
{
    /// <summary>Makes sure that an address is served by the process that was started, see <see cref="PortOwner"/>.</summary>
    public Action<IPEndPoint, int> CheckOwner { get; init; } = (_, _) => { };

    /// <summary>Ends what a trial left running, though all that it started was ended.</summary>
    public Action EndOrphans { get; init; } = () => { };
}

/// <summary>Measures one case once, with a fresh server and a fresh load generator, in the order in which <see cref="Run"/> reads.</summary>
internal sealed class Trial(TrialEnvironment environment, PlannedCase planned, int round, CancellationToken stop)
{
    // The runtime's debugger and profiler ports need threads and leave files in /tmp; no server model is about them.
    private static readonly Dictionary<string, string> QuietRuntime = new() { ["DOTNET_EnableDiagnostics"] = "0" };

    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    // What the load generator itself grants: a server may start a process for each of ten thousand clients.
    private static readonly TimeSpan GreetingLimit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan ConnectPace = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(4);

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
            using var server = environment.Launcher.Start(DescribeServer());
            var endPoint = WaitUntilReady(server);
            environment.CheckOwner(endPoint, server.Id);
            environment.Probe(endPoint, stop);
            using var watch = environment.Watch(new WatchedServer(server.Id, endPoint.Port, _selfReportName));

            environment.ShowPhase("connecting");
            using var load = environment.Launcher.Start(DescribeLoad(endPoint));
            _result = _result with { ServerPid = server.Id };
            Measure(server, load, watch);
            // Somebody may have joined it at its port meanwhile (SO_REUSEPORT).
            environment.CheckOwner(endPoint, server.Id);

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
        catch (TrialException failure)
        {
            environment.Log.Write($"case {planned}, round {round}: failed: {failure.Message}");
            // What was measured before it failed is no figure; how connecting went is worth telling.
            return _result with { Failure = failure.Message, Windows = [], Metrics = [] };
        }
    }

    // A service manager tells every process of a run to end, and some do so before we hear of it: that is no failure of theirs.
    private bool IsInterruption(TrialException failure) =>
        failure.ExitCode is ExitCode.Success or EndedBySigint or EndedBySigterm
        && stop.WaitHandle.WaitOne(SignalsSpread);

    private ProcessStart DescribeServer()
    {
        var command = planned.Model.Command ?? [environment.ServersExecutable, planned.Model.Name];
        return new ProcessStart(
            "server",
            command[0],
            [.. command.Skip(1), "--port", "0", "--conversation", planned.Workload.Conversation],
            Settings.ServerCpus
        )
        {
            Environment = new Dictionary<string, string>(QuietRuntime) { [SelfReport.Variable] = _selfReportName },
        };
    }

    private ProcessStart DescribeLoad(IPEndPoint server) =>
        new(
            "load",
            environment.LoadExecutable,
            [
                "--control",
                "--target",
                server.ToString(),
                "--clients",
                $"{planned.Clients}",
                "--threads",
                $"{Settings.LoadCpus.Cpus.Count}",
                "--size",
                $"{Settings.MessageBytes}",
                "--connect-timeout",
                $"{ConnectTimeout.TotalSeconds}s",
            ],
            Settings.LoadCpus
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
            throw new TrialException(
                $"the server ended with exit code {server.ExitCode} before it was ready; see bench.log"
            );
        }
        return ReadyLine.TryParse(line, out var endPoint)
            ? endPoint
            : throw new TrialException(
                $"the server's first line is not READY address:port but '{line[..Math.Min(line.Length, 80)]}'"
            );
    }

    private void Measure(IChildProcess server, IChildProcess loadProcess, ITrialWatch watch)
    {
        var load = new LoadProcess(loadProcess, stop);
        var connected = load.Order<ConnectedAnswer>(new ConnectOrder(), ConnectTimeout + ConnectPace * planned.Clients);
        _result = _result with { Connected = connected, Errors = connected.Errors };
        if (connected.Connected == 0)
        {
            CheckRuns(server);
            throw new TrialException($"no client could connect: {connected.Errors}");
        }

        environment.ShowPhase("first replies");
        var greeted = load.Order<GreetedAnswer>(new GreetOrder(), GreetingLimit);
        environment.Log.Write($"{greeted.Served} clients had their first reply within {greeted.Seconds:0.0} s");

        environment.ShowPhase("warming up");
        _result = _result with { WarmedUp = new WarmUp(load, Settings.WarmUp).Run() };

        // Windows are finished that have begun, and what they held is kept, also when the run is interrupted meanwhile.
        stop.ThrowIfCancellationRequested();
        load = new LoadProcess(loadProcess, CancellationToken.None);
        var slices = Slices.In(Settings.Window);
        var windows = new List<MeasuredWindow>();
        load.Order<BorderAnswer>(
            new MeasureOrder(Settings.Windows * slices, Settings.Window.TotalSeconds / slices),
            TimeSpan.Zero
        );
        watch.Border(0);
        for (var i = 0; i < Settings.Windows && (i == 0 || !stop.IsCancellationRequested); i++)
        {
            environment.ShowPhase($"measuring {i + 1}/{Settings.Windows}");
            environment.Log.Write($"window {i + 1} of {Settings.Windows}");
            windows.Add(MeasureWindow(i, slices, load, watch));
        }
        CheckRuns(server);
        _result = _result with
        {
            Windows = windows,
            Interrupted = windows.Count < Settings.Windows,
            Metrics = watch.End(),
        };
    }

    private MeasuredWindow MeasureWindow(int index, int slices, LoadProcess load, ITrialWatch watch)
    {
        var started = environment.Clock.GetUtcNow();
        var soFar = new Slices();
        var samples = new List<Sample>();
        for (var slice = 1; slice <= slices; slice++)
        {
            Add(soFar, load.Receive<WindowAnswer>(Settings.Window / slices));
            var seen = slice == slices ? watch.Border(index + 1) : watch.Sample();
            samples.Add(new Sample(soFar.Seconds, soFar.Requests, seen));
        }
        return new MeasuredWindow(index, started, soFar.Merge(), soFar.Latency) { Samples = samples };
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
    private void StopLoad(IChildProcess loadProcess)
    {
        var load = new LoadProcess(loadProcess, CancellationToken.None);
        var stopped = load.Order<StoppedAnswer>(new StopOrder(), StopWithin);
        loadProcess.WaitForExit(StopWithin);
        _result = _result with { Errors = stopped.Errors };
        if (stopped.Errors.Corrupt > 0)
            throw new TrialException(
                $"{stopped.Errors.Corrupt:N0} replies were wrong, and a server that answers wrongly gets no figure"
            );
    }

    private void StopServer(IChildProcess server)
    {
        if (server.Stop(StopWithin) && server.ExitCode != ExitCode.Success)
            environment.Log.Write($"server: ended with exit code {server.ExitCode} when it was asked to stop");
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
