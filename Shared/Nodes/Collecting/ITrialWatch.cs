namespace C10k.Nodes.Collecting;

/// <summary>
/// Watches one trial from outside: a snapshot at each border between windows, samples in between, and the figures when the last window
/// has ended.
/// </summary>
internal interface ITrialWatch : IDisposable
{
    /// <summary>Border 0 is where the first window begins, border k where window k - 1 ends. What was seen is a sample too.</summary>
    /// <param name="isLast">No window follows.</param>
    ServerSample Border(int index, bool isLast = false);

    /// <summary>A quick look; null where it would cost too much.</summary>
    ServerSample? Sample();

    /// <summary>The server's processes that live now.</summary>
    IReadOnlySet<int> Processes();

    IReadOnlyList<MetricValue> End();
}

/// <summary>A server at one moment.</summary>
/// <param name="CpuCores">Since the last look; null at the first.</param>
internal sealed record ServerSample(int Threads, int Processes, double RssMb, double? CpuCores);
