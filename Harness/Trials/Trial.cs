using System.Net;
using C10k.Contract;
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
    Action<IPEndPoint, CancellationToken> Probe,
    TimeProvider Clock,
    RunLog Log,
    Action<string> ShowPhase
);

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
            using var server = environment.Nodes.Server.Start(DescribeServer());
            var endPoint = WaitUntilReady(server);
            environment.Probe(endPoint, stop);
            using var watch = environment.Nodes.Server.Watch(server, endPoint.Port, _selfReportName);

            environment.ShowPhase("connecting");
            using var load = new LoadCrew(
                environment.Nodes.Loads,
                planned.Clients,
                (node, clients) => new LoadProcess(node.Start(DescribeLoad(endPoint, node, clients)), stop),
                environment.Log.Write
            );
            _result = _result with { ServerPid = server.Id };
            Measure(server, load, watch);

            environment.ShowPhase("stopping");
            StopBoth(server, load);
            return _result;
        }
        catch (NodeException failure)
        {
            environment.Log.Write($"case {planned}, round {round}: failed: {failure.Message}");
            // What was measured before it failed is no figure; how connecting went is worth telling.
            return _result with { Failure = failure.Message, Windows = [], Metrics = [] };
        }
    }

    private ProcessStart DescribeServer()
    {
        var command = planned.Model.Command ?? [environment.ServersExecutable, planned.Model.Name];
        return new ProcessStart(
            "server",
            command[0],
            [.. command.Skip(1), "--port", "0", "--conversation", planned.Workload.Conversation],
            environment.Nodes.Server.Cpus
        )
        {
            Environment = new Dictionary<string, string>(QuietRuntime) { [SelfReport.Variable] = _selfReportName },
        };
    }

    private ProcessStart DescribeLoad(IPEndPoint server, INode node, int clients) =>
        new(
            "load",
            environment.LoadExecutable,
            [
                "--control",
                "--target",
                server.ToString(),
                "--clients",
                $"{clients}",
                "--threads",
                $"{node.Cpus.Cpus.Count}",
                "--size",
                $"{Settings.MessageBytes}",
                "--connect-timeout",
                $"{ConnectTimeout.TotalSeconds}s",
            ],
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

    private void Measure(IChildProcess server, LoadCrew load, ITrialWatch watch)
    {
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

        var slices = Slices.In(Settings.Window);
        var windows = new List<MeasuredWindow>();
        load.Order<BorderAnswer>(
            new MeasureOrder(Settings.Windows * slices, Settings.Window.TotalSeconds / slices),
            TimeSpan.Zero
        );
        watch.Border(0);
        for (var i = 0; i < Settings.Windows; i++)
        {
            environment.ShowPhase($"measuring {i + 1}/{Settings.Windows}");
            windows.Add(MeasureWindow(i, slices, load, watch));
        }
        CheckRuns(server);
        _result = _result with { Windows = windows, Metrics = watch.End(), Lost = load.Lost };
    }

    private MeasuredWindow MeasureWindow(int index, int slices, ILoad load, ITrialWatch watch)
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
            throw new TrialException($"the server ended with exit code {exitCode} under load; see bench.log");
    }

    private void StopBoth(IChildProcess server, LoadCrew load)
    {
        var stopped = load.Order<StoppedAnswer>(new StopOrder(), StopWithin);
        load.WaitForExit(StopWithin);
        if (server.Stop(StopWithin) && server.ExitCode != ExitCode.Success)
            environment.Log.Write($"server: ended with exit code {server.ExitCode} when it was asked to stop");
        _result = _result with { Errors = stopped.Errors };
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
