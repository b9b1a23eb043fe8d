using System.Globalization;
using C10k.Contract;
using C10k.Harness.Planning;
using C10k.Latency;
using C10k.Nodes.Collecting;

namespace C10k.Harness.Trials;

/// <summary>One case in one round, as it went.</summary>
internal sealed record TrialResult(PlannedCase Case, int Round)
{
    /// <summary>Why there is no figure; null where there is one.</summary>
    public string? Failure { get; init; }

    /// <summary>Whether the run was interrupted before its last window: those before are good, and are all there is.</summary>
    public bool Interrupted { get; init; }

    /// <summary>What must be known of it though there is a figure; null where there is nothing.</summary>
    public string? Note { get; init; }

    public ConnectedAnswer? Connected { get; init; }

    /// <summary>How the warm-up ended; null where it did not come to it.</summary>
    public WarmedUp? WarmedUp { get; init; }

    public IReadOnlyList<MeasuredWindow> Windows { get; init; } = [];

    /// <summary>Requests that were answered in all windows together.</summary>
    public long Requests => Windows.Sum(window => window.Report.Requests);

    /// <summary>The same for each second of the windows; not a number without windows.</summary>
    public double ThroughputRps => Requests / Windows.Sum(window => window.Report.Seconds);

    /// <summary>What the collectors saw, window by window.</summary>
    public IReadOnlyList<MetricValue> Metrics { get; init; } = [];

    /// <summary>What a collector saw in one window; null where it could not be had.</summary>
    public double? Metric(string id, MeasuredWindow window) =>
        Metrics.FirstOrDefault(value => value.MetricId == id && value.Window == window.Index)?.Value;

    /// <summary>What failed from the first connect to the end, as the load generator counted it.</summary>
    public LoadErrors Errors { get; init; } = new();

    /// <summary>Requests that had no reply when the load had ended; null where it did not come to that.</summary>
    public long? Unanswered { get; init; }

    public int ServerPid { get; init; }

    /// <summary>Requests per second of an open loop; null in a closed one.</summary>
    public double? RateAskedRps { get; init; }

    /// <summary>What became of the server when a handler crashed; null where none was to.</summary>
    public CrashOutcome? Crash { get; init; }

    /// <summary>What wrk counted; null where it was not asked.</summary>
    public WrkFigures? Wrk { get; init; }

    /// <summary>Load generators that did not live to the end.</summary>
    public IReadOnlyList<LostLoad> Lost { get; init; } = [];
}

/// <summary>A load generator that was lost, while others went on.</summary>
/// <param name="Where">The node on which it ran.</param>
/// <param name="Clients">How many were its.</param>
internal sealed record LostLoad(string Where, int Clients, string Why)
{
    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"a load generator was lost with its {Clients} clients: {Where}: {Why}"
        );
}

/// <summary>One measured interval.</summary>
internal sealed record MeasuredWindow(int Index, DateTimeOffset StartedUtc, LoadReport Report, LatencyHistogram Latency)
{
    /// <summary>All service times; null where they are the latencies, as in a closed loop.</summary>
    public LatencyHistogram? Service { get; init; }

    /// <summary>The latencies of several windows.</summary>
    public static LatencyHistogram MergeLatency(IEnumerable<MeasuredWindow> windows) =>
        LatencyHistogram.Sum(windows.Select(window => window.Latency));

    /// <summary>Their service times; null where those are the latencies.</summary>
    public static LatencyHistogram? MergeService(IReadOnlyCollection<MeasuredWindow> windows) =>
        windows.Any(window => window.Service is not null)
            ? LatencyHistogram.Sum(windows.Select(window => window.Service ?? window.Latency))
            : null;

    /// <summary>How it went in time.</summary>
    public IReadOnlyList<Sample> Samples { get; init; } = [];
}

/// <summary>A point of the time series of a window.</summary>
/// <param name="Seconds">Since the window began.</param>
/// <param name="Requests">Completed since then.</param>
/// <param name="Server">The server at this moment; null where looking at it would have cost too much.</param>
internal sealed record Sample(double Seconds, long Requests, ServerSample? Server)
{
    private const double Shortest = 0.01;

    /// <summary>
    /// Adds it to the earlier ones of its window. After a standstill a slice is over as soon as it has begun, and a rate within it would mean
    /// nothing: then it takes the place of the one before.
    /// </summary>
    public void AppendTo(List<Sample> samples)
    {
        if (samples.Count > 0 && Seconds - samples[^1].Seconds < Shortest)
            samples.RemoveAt(samples.Count - 1);
        samples.Add(this);
    }
}
