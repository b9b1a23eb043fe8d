using C10k.Contract;
using C10k.Harness.Collecting;
using C10k.Harness.Planning;
using C10k.Latency;

namespace C10k.Harness.Trials;

/// <summary>One case in one round, as it went.</summary>
internal sealed record TrialResult(PlannedCase Case, int Round)
{
    /// <summary>Why there is no figure; null where there is one.</summary>
    public string? Failure { get; init; }

    public ConnectedAnswer? Connected { get; init; }

    public IReadOnlyList<MeasuredWindow> Windows { get; init; } = [];

    /// <summary>What the collectors saw, window by window.</summary>
    public IReadOnlyList<MetricValue> Metrics { get; init; } = [];

    /// <summary>What failed from the first connect to the end, as the load generator counted it.</summary>
    public LoadErrors Errors { get; init; } = new();

    public int ServerPid { get; init; }
}

/// <summary>One measured interval.</summary>
internal sealed record MeasuredWindow(
    int Index,
    DateTimeOffset StartedUtc,
    LoadReport Report,
    LatencyHistogram Latency
);
