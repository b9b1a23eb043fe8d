using System.Runtime.InteropServices;
using C10k.Contract;

namespace C10k.LoadGen.Modes;

/// <summary>Connects, warms up, measures, and prints what it saw. A signal ends the measurement early and prints what there is.</summary>
internal sealed class StandaloneMode(LoadOptions options, Times times, HistogramFiles files, bool json, bool tellsCrank)
{
    private readonly ProgressLine _progress = new(Console.Error, isShown: !Console.IsErrorRedirected);

    public async Task<int> Run()
    {
        using var load = new LoadRun(options);
        using var interrupted = new CancellationTokenSource();
        using var onInterrupt = OnSignal(PosixSignal.SIGINT, interrupted);
        using var onTerminate = OnSignal(PosixSignal.SIGTERM, interrupted);
        using var end = interrupted.Token.Register(load.End);

        _progress.Show($"connecting {options.Clients:N0} clients");
        var connected = await load.Connect();
        if (tellsCrank)
            Console.WriteLine($"READY: {connected.Connected} of {options.Clients} clients are connected");
        if (connected.Connected > 0)
        {
            load.Begin();
            _progress.Show("warming up");
            await Pause(times.WarmUp, interrupted.Token);
        }
        var report = Measure(load, connected, interrupted.Token);
        var unfinished = await load.Settle(interrupted.IsCancellationRequested ? TimeSpan.Zero : options.Drain);
        load.Dispose();
        _progress.Clear();
        report = report with
        {
            Errors = load.AllErrors,
            Errnos = load.AllErrnos,
            Unanswered = unfinished.Unanswered,
            LostRequests = unfinished.Lost,
            NotSent = unfinished.NotSent,
        };
        Console.WriteLine(json ? report.ToJson() : ReportText.Of(options, report));
        if (tellsCrank)
            Console.WriteLine(LoadStatistics.Of(report, DateTimeOffset.UtcNow));
        return Judge(report, interrupted.IsCancellationRequested);
    }

    private LoadReport Measure(LoadRun load, ConnectedAnswer connected, CancellationToken interrupted)
    {
        var windows = new List<Window>();
        // Where nobody wants to know how it goes, nothing disturbs the measurement.
        var count = _progress.IsShown || files.WantIntervals ? times.Windows : 1;
        foreach (var window in load.Measure(count, times.Duration / count, OnBegin))
        {
            windows.Add(window);
            files.Add(window);
            _progress.Show(times.Duration * windows.Count / count, times.Duration, window.Report);
        }
        if (windows.Count == 0)
            return NothingMeasured(connected);
        var all = Window.Sum(windows);
        files.End(all);
        return all.Report;

        void OnBegin()
        {
            files.Begin();
            if (interrupted.IsCancellationRequested)
                load.End();
        }
    }

    private static int Judge(LoadReport report, bool interrupted)
    {
        if (interrupted)
            return ExitCode.Interrupted;
        var failed =
            report is { Unanswered: > 0 } or { LostRequests: > 0 } or { Requests: 0 } || report.Errors.Total > 0;
        return failed ? ExitCode.Failure : ExitCode.Success;
    }

    private static async Task Pause(TimeSpan duration, CancellationToken interrupted)
    {
        try
        {
            await Task.Delay(duration, interrupted);
        }
        catch (OperationCanceledException)
        {
            // Interrupted: what there is will be printed.
        }
    }

    private static PosixSignalRegistration OnSignal(PosixSignal signal, CancellationTokenSource interrupted) =>
        PosixSignalRegistration.Create(
            signal,
            context =>
            {
                context.Cancel = true;
                interrupted.Cancel();
            }
        );

    private LoadReport NothingMeasured(ConnectedAnswer connected) =>
        new()
        {
            Clients = options.Clients,
            Active = options.ActiveClients,
            Connected = connected.Connected,
            Alive = 0,
            Served = 0,
            Unserved = options.ActiveClients,
            ConnectSeconds = connected.ConnectSeconds,
            Requests = 0,
            Seconds = 0,
            LatencyUs = LatencySummary.Nothing,
            Errors = connected.Errors,
            Fairness = 0,
            CpuUsPerRequest = 0,
            CpuUtilization = 0,
        };
}
