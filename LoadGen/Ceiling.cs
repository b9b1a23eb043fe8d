using C10k.Latency;
using C10k.LoadGen.Clients;

namespace C10k.LoadGen;

/// <summary>Finds out whether the load generator itself was the ceiling of what was measured.</summary>
internal static class Ceiling
{
    /// <summary>From this share of its time on a thread counts as full: it hardly ever waited for the server.</summary>
    public const double Full = 0.95;

    /// <summary>Whoever sends later than this, at the 99th percentile, did not keep the schedule, and it was not the server's fault.</summary>
    public static readonly TimeSpan Late = TimeSpan.FromMilliseconds(1);

    /// <summary>Says why it was the ceiling; null where it was not.</summary>
    /// <param name="threads">What each thread used, and how long the window was for it.</param>
    /// <param name="pacing">How late requests were sent for which the load generator alone is to blame; null without a schedule.</param>
    public static string? Find(IReadOnlyList<(ThreadUsage Usage, TimeSpan Span)> threads, LatencyHistogram? pacing)
    {
        var (usage, span) = threads.MaxBy(thread => Wanted(thread.Usage) / thread.Span);
        if (Wanted(usage) >= Full * span && span > TimeSpan.Zero)
            return usage.Busy >= Full * span
                ? $"a thread of the load generator was on its CPU for {usage.Busy / span:P0} of the time"
                : $"a thread of the load generator was on a CPU for {usage.Busy / span:P0} of the time and waited for one for {usage.Waited / span:P0}";
        var late = pacing?.ValueAtPercentile(99) ?? 0;
        return late > Late.TotalNanoseconds
            ? $"the load generator sent up to {late / 1e6:0.0} ms later than intended (99th percentile)"
            : null;
    }

    // What it would have used if there had been a CPU each time it was ready to run.
    private static TimeSpan Wanted(ThreadUsage usage) => usage.Busy + usage.Waited;
}
