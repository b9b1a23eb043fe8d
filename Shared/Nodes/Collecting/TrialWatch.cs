using System.Diagnostics;

namespace C10k.Nodes.Collecting;

/// <summary>Looks at a server once a border, and shows what it saw to all collectors; in between it takes samples as far as they are cheap.</summary>
internal sealed class TrialWatch : ITrialWatch
{
    private const double BytesPerMb = 1024 * 1024;
    private const double ShareOfACpu = 0.01;
    private static readonly TimeSpan ShortestSpan = TimeSpan.FromMilliseconds(10);

    private readonly ServerTree _tree;
    private readonly IReadOnlyList<ICollector> _collectors;
    private TreeSnapshot _last;
    private TreeSnapshot _cpuSince;

    // From the first border on: what looking costs before that is not to be spent afterwards.
    private LookBudget _budget = new(ShareOfACpu);
    private long _begin;
    private readonly SwitchTurns _turns = new(ShareOfACpu);

    /// <param name="server">Whom to watch.</param>
    /// <param name="cpus">Where both sides run.</param>
    public TrialWatch(WatchedServer server, WatchedCpus cpus)
    {
        _tree = new ServerTree(server.Pid, server.SelfReportName);
        // What answering costs the server in memory is not to be taken for its clients'.
        _ = SelfReports.Ask(server.SelfReportName);
        _last = _cpuSince = _tree.Read();
        _collectors = Collectors.All();
        var trial = new TrialContext(server.Pid, _last)
        {
            ServerPort = server.Port,
            SelfReportName = server.SelfReportName,
            Cpus = cpus,
        };
        foreach (var collector in _collectors)
            collector.Begin(trial);
    }

    /// <summary>What looking has cost so far.</summary>
    public LookCosts Costs => new(_budget.Spent, Stopwatch.GetElapsedTime(_begin, _last.Timestamp), _last.Threads);

    public ServerSample Border(int index, bool isLast = false)
    {
        if (index > 0)
            return _budget.Spend(() => Look(index, isLast));
        var first = Look(index, isLast);
        _begin = _last.Timestamp;
        _budget = new LookBudget(ShareOfACpu);
        return first;
    }

    public ServerSample? Sample() =>
        _budget.Allows ? Remember(_budget.Spend(() => _tree.Read(withSwitches: false, withDescriptors: false))) : null;

    public IReadOnlySet<int> Processes() => _tree.Alive();

    public IReadOnlyList<MetricValue> End()
    {
        LookCost.Add(Costs);
        return [.. _collectors.SelectMany(collector => collector.End())];
    }

    public void Dispose() => _tree.Dispose();

    private ServerSample Look(int index, bool isLast)
    {
        var seen = _tree.LooksAtEachThread ? _turns.Look(isLast, Read) : _tree.Read();
        var border = new WindowBorder(index, Stopwatch.GetTimestamp(), seen);
        foreach (var collector in _collectors)
            collector.Border(border);
        return Remember(border.Server);
    }

    private TreeSnapshot Read(string? whyNoSwitches) =>
        whyNoSwitches is null
            ? _tree.Read()
            : _tree.Read(withSwitches: false) with
            {
                SwitchesUnavailable = whyNoSwitches,
            };

    private ServerSample Remember(TreeSnapshot seen)
    {
        _last = seen;
        return new ServerSample(seen.Threads, seen.Processes, seen.RssBytes / BytesPerMb, CpuCores(seen));
    }

    // Two looks that were late come one right after the other: in the moment between them nobody has used a CPU, and it is no dip.
    private double? CpuCores(TreeSnapshot seen)
    {
        var elapsed = Stopwatch.GetElapsedTime(_cpuSince.Timestamp, seen.Timestamp);
        if (elapsed < ShortestSpan)
            return null;
        var cores = (seen.Cpu - _cpuSince.Cpu) / elapsed;
        _cpuSince = seen;
        return cores;
    }
}
