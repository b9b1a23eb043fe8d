using System.Net;
using C10k.Contract;
using C10k.Harness.Collecting;
using C10k.Harness.Planning;
using C10k.Harness.Recording;
using C10k.Latency;

namespace C10k.Harness.Trials;

/// <summary>What trials need that stays the same from case to case.</summary>
internal sealed record TrialEnvironment(
    IProcessLauncher Launcher,
    string ServersExecutable,
    string LoadExecutable,
    RunSettings Settings,
    Func<int, ITrialWatch> Watch,
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
    private static readonly TimeSpan ConnectPace = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(4);

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
            environment.Probe(endPoint, stop);
            using var watch = environment.Watch(server.Id);

            environment.ShowPhase("connecting");
            using var load = environment.Launcher.Start(DescribeLoad(endPoint));
            _result = _result with { ServerPid = server.Id };
            Measure(server, load, watch);

            environment.ShowPhase("stopping");
            StopBoth(server, load);
            return _result;
        }
        catch (TrialException failure)
        {
            environment.Log.Write($"case {planned}, round {round}: failed: {failure.Message}");
            // What was measured before it failed is no figure; how connecting went is worth telling.
            return _result with { Failure = failure.Message, Windows = [], Metrics = [] };
        }
    }

    private ProcessStart DescribeServer() =>
        new(
            "server",
            environment.ServersExecutable,
            [planned.Model.Name, "--port", "0", "--conversation", planned.Workload.Conversation],
            Settings.ServerCpus
        )
        {
            Environment = QuietRuntime,
        };

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

        environment.ShowPhase("warming up");
        load.Order<WarmAnswer>(new WarmUpOrder(Settings.WarmUp.TotalSeconds), Settings.WarmUp);

        var windows = new List<MeasuredWindow>();
        load.Order<BorderAnswer>(new MeasureOrder(Settings.Windows, Settings.Window.TotalSeconds), TimeSpan.Zero);
        watch.Border(0);
        for (var i = 0; i < Settings.Windows; i++)
        {
            environment.ShowPhase($"measuring {i + 1}/{Settings.Windows}");
            var started = environment.Clock.GetUtcNow();
            var answer = load.Receive<WindowAnswer>(Settings.Window);
            watch.Border(i + 1);
            windows.Add(new MeasuredWindow(i, started, answer.Report, Decode(answer.Histogram)));
        }
        CheckRuns(server);
        _result = _result with { Windows = windows, Metrics = watch.End() };
    }

    private static void CheckRuns(IChildProcess server)
    {
        if (server.ExitCode is { } exitCode)
            throw new TrialException($"the server ended with exit code {exitCode} under load; see bench.log");
    }

    private void StopBoth(IChildProcess server, IChildProcess loadProcess)
    {
        var stopped = new LoadProcess(loadProcess, stop).Order<StoppedAnswer>(new StopOrder(), StopWithin);
        loadProcess.WaitForExit(StopWithin);
        if (server.Stop(StopWithin) && server.ExitCode != ExitCode.Success)
            environment.Log.Write($"server: ended with exit code {server.ExitCode} when it was asked to stop");
        _result = _result with { Errors = stopped.Errors };
    }

    private static LatencyHistogram Decode(string histogram)
    {
        try
        {
            return HistogramEncoding.DecodeBase64(histogram);
        }
        catch (FormatException wrong)
        {
            throw new TrialException($"the load generator: {wrong.Message}");
        }
    }
}
