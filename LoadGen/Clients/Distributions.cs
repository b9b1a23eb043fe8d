using C10k.Contract;
using C10k.Latency;

namespace C10k.LoadGen.Clients;

/// <summary>Everything that is recorded as a distribution, in nanoseconds.</summary>
/// <param name="isScheduled">Whether requests have intended moments, so that their lateness is to be recorded, too.</param>
internal sealed class Distributions(bool isScheduled)
{
    private readonly LatencyHistogram? _service = isScheduled ? new() : null;
    private LatencyHistogram? _connect;

    /// <summary>From the intended moment of a request to its reply; without intended moments, the same as <see cref="Service"/>.</summary>
    public LatencyHistogram Latency { get; } = new();

    /// <summary>From the sending of a request to its reply.</summary>
    public LatencyHistogram Service => _service ?? Latency;

    /// <summary>By how much requests were sent later than intended, for whatever reason; null without intended moments.</summary>
    public LatencyHistogram? Lag { get; } = isScheduled ? new() : null;

    /// <summary>The same for those only that nothing but this program held up.</summary>
    public LatencyHistogram? Pacing { get; } = isScheduled ? new() : null;

    /// <summary>
    /// By how much a request was late, at most, that was still to be sent when the interval ended, in nanoseconds. It is in no
    /// distribution: its lag is known when it is sent, and it is recorded then.
    /// </summary>
    public long WorstOverdue { get; set; }

    /// <summary>How long connects took that clients made under load.</summary>
    public LatencyHistogram Connect => _connect ??= new LatencyHistogram();

    /// <summary>Whether <see cref="Service"/> is a distribution of its own.</summary>
    public bool IsScheduled => _service is not null;

    /// <summary>Whether there is anything in <see cref="Connect"/>.</summary>
    public bool HasConnects => _connect is { TotalCount: > 0 };

    /// <summary>All of them put together; there is one at least.</summary>
    public static Distributions Sum(IReadOnlyList<Distributions> parts)
    {
        var all = new Distributions(parts[0].IsScheduled);
        foreach (var part in parts)
        {
            all.Latency.Add(part.Latency);
            all._service?.Add(part.Service);
            all.Lag?.Add(part.Lag!);
            all.Pacing?.Add(part.Pacing!);
            all.WorstOverdue = Math.Max(all.WorstOverdue, part.WorstOverdue);
            if (part.HasConnects)
                all.Connect.Add(part.Connect);
        }
        return all;
    }

    public void Clear()
    {
        Latency.Clear();
        _service?.Clear();
        Lag?.Clear();
        Pacing?.Clear();
        WorstOverdue = 0;
        _connect?.Clear();
    }

    /// <summary>The report with these distributions in a few numbers each.</summary>
    public LoadReport Describe(LoadReport report) =>
        report with
        {
            Requests = Latency.TotalCount,
            LatencyUs = LatencySummary.Of(Latency),
            ServiceLatencyUs = LatencySummary.Of(Service),
            ScheduleLagUs = WithOverdue(Of(Lag)),
            PacingUs = Of(Pacing),
            Connections = _connect?.TotalCount ?? 0,
            ConnectUs = Of(_connect),
        };

    // Whoever is stuck sends nothing and records nothing: without this, the lag would be least while the server hangs.
    private LatencySummary WithOverdue(LatencySummary lag) => lag with { Max = Math.Max(lag.Max, WorstOverdue / 1e3) };

    private static LatencySummary Of(LatencyHistogram? histogram) =>
        histogram is null ? LatencySummary.Nothing : LatencySummary.Of(histogram);
}
