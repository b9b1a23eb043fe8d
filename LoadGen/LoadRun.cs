using System.Diagnostics;
using C10k.Contract;
using C10k.Latency;
using C10k.Linux;
using C10k.LoadGen.Clients;
using C10k.LoadGen.Sides;

namespace C10k.LoadGen;

/// <summary>One load from its first connect to its last close: deals the clients out to workers, and puts together what they saw.</summary>
internal sealed class LoadRun : IDisposable
{
    // Borders are set a little ahead, so that every worker has heard of them when the first one comes.
    private static readonly TimeSpan Notice = TimeSpan.FromMilliseconds(5);

    // A server that serves only so many at a time keeps the others waiting for ever.
    private static readonly TimeSpan GreetingPatience = TimeSpan.FromSeconds(1);

    private readonly LoadOptions _options;
    private readonly Worker[] _workers;
    private readonly CommandOnce _command = new();
    private ConnectedAnswer? _connected;
    private bool _disposed;

    public LoadRun(LoadOptions options)
    {
        _options = options;
        _workers = new Worker[Math.Min(options.Threads, options.Clients)];
        for (var i = 0; i < _workers.Length; i++)
        {
            var first = Share(i);
            _workers[i] = new Worker(options, first, Share(i + 1) - first, _command);
        }
    }

    /// <summary>What failed since the beginning; complete after <see cref="Dispose"/>.</summary>
    public LoadErrors AllErrors =>
        _workers.Select(worker => worker.AllErrors).Aggregate(new LoadErrors(), (a, b) => a + b);

    /// <summary>The same by errno; complete after <see cref="Dispose"/>.</summary>
    public IReadOnlyDictionary<string, long> AllErrnos => Sum(_workers.Select(worker => worker.Errnos));

    /// <summary>Opens every connection, or finds out why not.</summary>
    public async Task<ConnectedAnswer> Connect()
    {
        var renewed = _options.RequestsPerConnection > 0;
        var ports = SourceAddresses.LocalPorts();
        var sources = new SourceAddresses(_options.Target.Address, _options.Clients, renewed, ports);
        var rate = (double)_options.ConnectRate / _workers.Length;
        var begin = Stopwatch.GetTimestamp();
        var outcomes = await Task.WhenAll(_workers.Select(worker => worker.Connect(sources, rate)));
        var seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        var latency = LatencyHistogram.Sum(outcomes.Select(outcome => outcome.Latency));
        return _connected = new ConnectedAnswer(
            _options.Clients,
            (int)latency.TotalCount,
            seconds,
            LatencySummary.Of(latency),
            outcomes.Aggregate(new LoadErrors(), (sum, outcome) => sum + outcome.Errors)
        )
        {
            Errnos = Sum(outcomes.Select(outcome => outcome.Errnos)),
            Histogram = HistogramEncoding.EncodeBase64(latency),
        };
    }

    /// <summary>
    /// Lets every client that is to ask have one reply before the load begins.
    /// </summary>
    /// <returns>How many clients got their reply, and how long that took.</returns>
    public async Task<GreetedAnswer> Greet()
    {
        var begin = Stopwatch.GetTimestamp();
        var greeted = await Task.WhenAll(_workers.Select(worker => worker.Greet(GreetingPatience, Bounds.Greeting)));
        return new GreetedAnswer(greeted.Sum(), Stopwatch.GetElapsedTime(begin).TotalSeconds);
    }

    /// <summary>Lets the next request carry the command, whoever sends it.</summary>
    public void Command() => _command.Order();

    /// <summary>Begins the load, which goes on until the end.</summary>
    public void Begin()
    {
        var begin = Stopwatch.GetTimestamp() + Ticks(Notice);
        foreach (var worker in _workers)
            worker.BeginLoad(begin);
    }

    /// <summary>Measures windows, one directly behind the other; each comes out when it ends. Without connections there is none.</summary>
    public IEnumerable<Window> Measure(int windows, TimeSpan length, Action onBegin)
    {
        if (_connected is not { Connected: > 0 })
            yield break;
        // From before the first window has a beginning: whoever is halted right behind that has stood still in it.
        var standstill = new Standstill();
        var schedule = new Schedule(Stopwatch.GetTimestamp() + Ticks(Notice), Ticks(length), windows);
        foreach (var worker in _workers)
            worker.Measure(schedule);
        Thread.Sleep(Notice);
        onBegin();
        using var looking = new Timer(_ => standstill.Look(), null, Standstill.Interval, Standstill.Interval);
        for (var i = 0; i < windows; i++)
        {
            var tallies = _workers.Select(worker => worker.TakeTally()).OfType<Tally>().ToList();
            if (tallies.Count < _workers.Length)
                yield break;
            var window = Window.Of(_options, _connected, tallies);
            yield return window.WithStandstill(standstill.Take());
            for (var w = 0; w < _workers.Length; w++)
                _workers[w].Return(tallies[w]);
        }
    }

    /// <summary>
    /// Ends the asking, and waits for the replies under way.
    /// </summary>
    /// <param name="patience">How long to wait at most.</param>
    /// <returns>The requests of the whole load that got no reply.</returns>
    public async Task<Unfinished> Settle(TimeSpan patience) =>
        (await Task.WhenAll(_workers.Select(worker => worker.Settle(patience)))).Aggregate((a, b) => a + b);

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

    private static long Ticks(TimeSpan span) => (long)(span.TotalSeconds * Stopwatch.Frequency);

    private static Dictionary<string, long> Sum(IEnumerable<IReadOnlyDictionary<Errno, long>> parts) =>
        parts
            .SelectMany(part => part)
            .GroupBy(pair => pair.Key, pair => pair.Value)
            .OrderByDescending(group => group.Sum())
            .ToDictionary(group => group.Key.ToString(), group => group.Sum());
}
