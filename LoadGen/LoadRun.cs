using System.Diagnostics;
using C10k.Contract;
using C10k.Latency;
using C10k.Linux;
using C10k.LoadGen.Clients;

namespace C10k.LoadGen;

/// <summary>One load from its first connect to its last close: deals the clients out to workers, and puts together what they saw.</summary>
internal sealed class LoadRun : IDisposable
{
    // Borders are set a little ahead, so that every worker has heard of them when the first one comes.
    private static readonly TimeSpan Notice = TimeSpan.FromMilliseconds(5);

    private readonly LoadOptions _options;
    private readonly Worker[] _workers;
    private ConnectedAnswer? _connected;
    private bool _disposed;

    public LoadRun(LoadOptions options)
    {
        _options = options;
        _workers = new Worker[Math.Min(options.Threads, options.Clients)];
        for (var i = 0; i < _workers.Length; i++)
        {
            var first = Share(i);
            _workers[i] = new Worker(options, first, Share(i + 1) - first);
        }
    }

    /// <summary>What failed since the beginning; complete after <see cref="Dispose"/>.</summary>
    public LoadErrors AllErrors => Sum(_workers.Select(worker => worker.AllErrors));

    /// <summary>Opens every connection, or finds out why not.</summary>
    public async Task<ConnectedAnswer> Connect()
    {
        var begin = Stopwatch.GetTimestamp();
        var outcomes = await Task.WhenAll(_workers.Select(worker => worker.Connect()));
        var seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        var latency = Merge(outcomes.Select(outcome => outcome.Latency));
        return _connected = new ConnectedAnswer(
            _options.Clients,
            (int)latency.TotalCount,
            seconds,
            LatencySummary.Of(latency),
            Sum(outcomes.Select(outcome => outcome.Errors))
        );
    }

    /// <summary>Begins the load, which goes on until the end.</summary>
    public void Begin()
    {
        foreach (var worker in _workers)
            worker.BeginLoad();
    }

    /// <summary>Measures windows, one directly behind the other; each comes out when it ends. Without connections there is none.</summary>
    public IEnumerable<Window> Measure(int windows, TimeSpan length, Action onBegin)
    {
        if (_connected is not { Connected: > 0 })
            yield break;
        var begin = Stopwatch.GetTimestamp() + (long)(Notice.TotalSeconds * Stopwatch.Frequency);
        var schedule = new Schedule(begin, (long)(length.TotalSeconds * Stopwatch.Frequency), windows);
        foreach (var worker in _workers)
            worker.Measure(schedule);
        Thread.Sleep(Notice);
        onBegin();
        var cpu = ResourceUsage.OfThisProcess().Cpu;
        for (var i = 0; i < windows; i++)
        {
            var tallies = _workers.Select(worker => worker.TakeTally()).ToList();
            var cpuBefore = cpu;
            cpu = ResourceUsage.OfThisProcess().Cpu;
            yield return PutTogether(tallies, cpu - cpuBefore);
            for (var w = 0; w < _workers.Length; w++)
                _workers[w].Return(tallies[w]);
        }
    }

    /// <summary>
    /// Brings to an end what is under way: <see cref="Connect"/> tells who is connected by now, <see cref="Measure"/> gives out its
    /// window as long as it was.
    /// </summary>
    public void End()
    {
        var now = Stopwatch.GetTimestamp();
        foreach (var worker in _workers)
        {
            worker.StopConnecting();
            worker.EndMeasuring(now);
        }
    }

    /// <summary>Closes every connection.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        foreach (var worker in _workers)
            worker.Dispose();
    }

    private int Share(int worker) => (int)((long)_options.Clients * worker / _workers.Length);

    private Window PutTogether(IReadOnlyList<Tally> tallies, TimeSpan cpu)
    {
        var latency = Merge(tallies.Select(tally => tally.Latency));
        var census = tallies.Aggregate(default(Census), (sum, tally) => sum + tally.Census);
        var seconds = tallies.Average(tally => Stopwatch.GetElapsedTime(tally.Begin, tally.End).TotalSeconds);
        var report = new LoadReport
        {
            Clients = _options.Clients,
            Connected = _connected!.Connected,
            Alive = census.Alive,
            Served = census.Served,
            ConnectSeconds = _connected.ConnectSeconds,
            Requests = latency.TotalCount,
            Seconds = seconds,
            LatencyUs = LatencySummary.Of(latency),
            Errors = Sum(tallies.Select(tally => tally.Errors)),
            Fairness = census.Fairness(_options.Clients),
            CpuUsPerRequest = latency.TotalCount == 0 ? 0 : cpu.TotalMicroseconds / latency.TotalCount,
            CpuUtilization = cpu.TotalSeconds / (seconds * _workers.Length),
        };
        return new Window(report, latency);
    }

    private static LatencyHistogram Merge(IEnumerable<LatencyHistogram> parts)
    {
        var all = new LatencyHistogram();
        foreach (var part in parts)
            all.Add(part);
        return all;
    }

    private static LoadErrors Sum(IEnumerable<LoadErrors> parts) => parts.Aggregate(new LoadErrors(), (a, b) => a + b);
}

/// <summary>A measured interval, with its whole distribution.</summary>
internal sealed record Window(LoadReport Report, LatencyHistogram Latency);
