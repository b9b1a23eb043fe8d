namespace C10k.Nodes.Collecting;

/// <summary>Makes figures of one kind from what is seen of a trial. An object serves one trial.</summary>
internal interface ICollector
{
    /// <summary>The ids of all that <see cref="End"/> tells about; what they mean stands in docs/metrics.md.</summary>
    IReadOnlyList<string> Metrics { get; }

    /// <summary>The server listens, and no client has connected yet.</summary>
    void Begin(TrialContext trial);

    /// <summary>A border between windows, in order, from 0.</summary>
    void Border(WindowBorder border);

    /// <summary>The last window is over; the server still lives, if nothing went wrong.</summary>
    IEnumerable<MetricValue> End();
}

/// <summary>Whom to watch.</summary>
/// <param name="ServerPid">The root of the server's processes.</param>
/// <param name="Server">The server before the first client, to measure growth from.</param>
internal sealed record TrialContext(int ServerPid, TreeSnapshot Server)
{
    /// <summary>Where it listens.</summary>
    public int ServerPort { get; init; }

    /// <summary>The abstract socket on which the server was asked to tell of itself; empty where it was not.</summary>
    public string SelfReportName { get; init; } = "";

    /// <summary>Where both sides run.</summary>
    public WatchedCpus Cpus { get; init; } = new(CpuSet.Allowed, CpuSet.Allowed);
}

/// <summary>A server that listens and has no clients yet.</summary>
/// <param name="Port">Where it listens.</param>
/// <param name="SelfReportName">The abstract socket on which it was asked to tell of itself; empty where it was not.</param>
internal sealed record WatchedServer(int Pid, int Port, string SelfReportName);

/// <summary>The CPUs to look at.</summary>
/// <param name="Server">The server's.</param>
/// <param name="Load">The load generator's; null where it runs on another machine.</param>
internal sealed record WatchedCpus(CpuSet Server, CpuSet? Load);

/// <summary>The moment between two windows.</summary>
/// <param name="Index">0 where the first window begins, k where window k - 1 ends.</param>
/// <param name="Timestamp">In ticks of <see cref="System.Diagnostics.Stopwatch"/>.</param>
/// <param name="Server">The server at this moment.</param>
internal sealed record WindowBorder(int Index, long Timestamp, TreeSnapshot Server);
