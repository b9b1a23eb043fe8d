using System.Net;
using C10k.Contract;
using C10k.Nodes.Collecting;
using C10k.Nodes.Processes;

namespace C10k.Harness.Trials;

/// <summary>From the first connect to the last window.</summary>
internal sealed partial class Trial
{
    private static readonly TimeSpan ConnectPace = TimeSpan.FromMilliseconds(2);

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
            // Without the crash the case tells nothing: then what was measured is not kept.
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
            Metrics = [.. EndLooking(watch), .. CountSyscalls(load, watch)],
            Lost = load.Lost,
        };
    }

    // What could not be had leaves an empty cell; why, stands in the log.
    private IReadOnlyList<MetricValue> EndLooking(ITrialWatch watch)
    {
        var values = watch.End();
        var missing = values.Where(value => value.Unavailable is not null);
        foreach (var (metric, reason) in missing.Select(value => (value.MetricId, value.Unavailable)).Distinct())
            environment.Log.Write($"{metric}: {reason}");
        return values;
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
        var greeted = load.Order<GreetedAnswer>(new GreetOrder(), Bounds.Greeting);
        environment.Log.Write($"{greeted.Served} clients had their first reply within {greeted.Seconds:0.0} s");

        environment.ShowPhase("warming up");
        _result = _result with { WarmedUp = new WarmUp(load, Settings.WarmUp).Run() };
    }

    private void OrderWindows(int count, ILoad load)
    {
        var slices = Slices.In(Window);
        var order = new MeasureOrder(count * slices, Window.TotalSeconds / slices);
        load.Order<BorderAnswer>(order, TimeSpan.Zero);
    }

    private IEnumerable<MeasuredWindow> MeasureWindows(int first, int count, ILoad load, ITrialWatch watch)
    {
        for (var i = first; i < first + count && (i == first || !stop.IsCancellationRequested); i++)
        {
            environment.ShowPhase($"measuring {i + 1}/{Settings.Windows}");
            environment.Log.Write($"window {i + 1} of {Settings.Windows}");
            yield return MeasureWindow(i, i == first + count - 1, load, watch);
        }
    }

    private MeasuredWindow MeasureWindow(int index, bool isLast, ILoad load, ITrialWatch watch)
    {
        var started = environment.Clock.GetUtcNow();
        var samples = new List<Sample>();
        var window = ReceiveWindow(load, Look);
        return new MeasuredWindow(index, started, window.Merge(), window.Latency)
        {
            Service = window.Service,
            Samples = samples,
        };

        void Look(Slices soFar, bool ends)
        {
            // After an interruption no other window begins.
            var seen = ends ? watch.Border(index + 1, isLast || stop.IsCancellationRequested) : watch.Sample();
            new Sample(soFar.Seconds, soFar.Requests, seen).AppendTo(samples);
        }
    }

    private Slices ReceiveWindow(ILoad load, Action<Slices, bool> look)
    {
        var slices = Slices.In(Window);
        var soFar = new Slices();
        for (var slice = 1; slice <= slices; slice++)
        {
            Add(soFar, load.Receive<WindowAnswer>(Window / slices));
            look(soFar, slice == slices);
        }
        return soFar;
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
