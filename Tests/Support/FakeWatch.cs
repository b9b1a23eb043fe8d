using C10k.Nodes.Collecting;

namespace C10k.Tests.Support;

/// <summary>Sees the same of every server.</summary>
internal sealed class FakeWatch(Action<string> tell) : ITrialWatch, IDisposable
{
    private int _borders;
    private int _samples;

    private ServerSample Seen => new(3, 1, 20.5, ServerCpuCores);

    /// <summary>The server's CPU time, as a share of one CPU.</summary>
    public double ServerCpuCores { get; set; } = 0.95;

    public ServerSample Border(int index, bool isLast = false)
    {
        _borders++;
        tell($"border {index}");
        return Seen;
    }

    // Every other look would cost too much.
    public ServerSample? Sample() => _samples++ % 2 == 0 ? Seen : null;

    /// <summary>Its processes, look by look; the last one stays.</summary>
    public Queue<IReadOnlySet<int>> ProcessesSeen { get; } = new([new HashSet<int> { 1 }]);

    public IReadOnlySet<int> Processes() => ProcessesSeen.Count > 1 ? ProcessesSeen.Dequeue() : ProcessesSeen.Peek();

    public IReadOnlyList<MetricValue> End() => [.. Enumerable.Range(0, _borders - 1).SelectMany(ValuesOf)];

    public void Dispose() { }

    private IEnumerable<MetricValue> ValuesOf(int window) =>
        [
            new(MetricIds.Threads, window, 3 + window, null, "proc"),
            new(MetricIds.Processes, window, 1, null, "proc"),
            new(MetricIds.VoluntarySwitches, window, 100 * (window + 1), null, "taskstats"),
            new(MetricIds.InvoluntarySwitches, window, 7, null, "taskstats"),
            new(MetricIds.ServerCpuCores, window, ServerCpuCores, null, "proc"),
            new(MetricIds.RssMb, window, 20.5 + window, null, "proc"),
            new(MetricIds.RssGrowthMb, window, 2, null, "proc"),
            new(MetricIds.ListenOverflows, window, 0, null, "netstat"),
            new(MetricIds.ListenDrops, window, null, "not counted here", null),
            new(MetricIds.TcpRetransmits, window, 1, null, "netstat"),
        ];
}
