using System.Diagnostics;

namespace C10k.Harness.Collecting;

/// <summary>Looks at a server once a border, and shows what it saw to all collectors.</summary>
internal sealed class TrialWatch : ITrialWatch
{
    private readonly ServerTree _tree;
    private readonly IReadOnlyList<ICollector> _collectors = Collectors.All();

    /// <param name="serverPid">The server, which listens and has no clients yet.</param>
    public TrialWatch(int serverPid)
    {
        _tree = new ServerTree(serverPid);
        var trial = new TrialContext(serverPid, _tree.Read());
        foreach (var collector in _collectors)
            collector.Begin(trial);
    }

    public void Border(int index)
    {
        var border = new WindowBorder(index, Stopwatch.GetTimestamp(), _tree.Read());
        foreach (var collector in _collectors)
            collector.Border(border);
    }

    public IReadOnlyList<MetricValue> End() => [.. _collectors.SelectMany(collector => collector.End())];

    public void Dispose() => _tree.Dispose();
}
