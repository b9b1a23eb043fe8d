using System.Runtime.InteropServices;
using C10k.Contract;

namespace C10k.LoadGen.Modes;

/// <summary>Connects, warms up, measures once, and prints what it saw. A signal ends the measurement early and prints what there is.</summary>
internal sealed class StandaloneMode(LoadOptions options, TimeSpan warmUp, TimeSpan duration, bool json)
{
    public async Task<int> Run()
    {
        using var load = new LoadRun(options);
        using var interrupted = new CancellationTokenSource();
        using var onInterrupt = OnSignal(PosixSignal.SIGINT, interrupted);
        using var onTerminate = OnSignal(PosixSignal.SIGTERM, interrupted);
        using var end = interrupted.Token.Register(load.End);

        var connected = await load.Connect();
        load.Begin();
        await Pause(warmUp, interrupted.Token);
        var report = load.Measure(1, duration, EndIfInterrupted)
            .Select(window => window.Report)
            .FirstOrDefault(NothingMeasured(connected));
        load.Dispose();
        report = report with { Errors = load.AllErrors };
        Console.WriteLine(json ? report.ToJson() : ReportText.Of(options, report));
        return Judge(report, interrupted.IsCancellationRequested);

        void EndIfInterrupted()
        {
            if (interrupted.IsCancellationRequested)
                load.End();
        }
    }

    private static int Judge(LoadReport report, bool interrupted)
    {
        if (interrupted)
            return ExitCode.Interrupted;
        return report.Errors.Total > 0 || report.Requests == 0 ? ExitCode.Failure : ExitCode.Success;
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
            Connected = connected.Connected,
            Alive = 0,
            Served = 0,
            ConnectSeconds = connected.ConnectSeconds,
            Requests = 0,
            Seconds = 0,
            LatencyUs = new LatencySummary(0, 0, 0, 0, 0, 0),
            Errors = connected.Errors,
            Fairness = 0,
            CpuUsPerRequest = 0,
            CpuUtilization = 0,
        };
}
