namespace C10k.Harness.Trials;

/// <summary>What wrk counted against the server of a trial.</summary>
internal sealed record WrkFigures
{
    /// <summary>Why it counted nothing; null where it did.</summary>
    public string? Unavailable { get; init; }

    public long Requests { get; init; }

    /// <summary>As wrk gives it: to a hundredth.</summary>
    public double Seconds { get; init; }

    public double ThroughputRps { get; init; }

    /// <summary>Median latency in microseconds; 0 where no request was answered.</summary>
    public double P50Us { get; init; }

    /// <summary>99th percentile of the same.</summary>
    public double P99Us { get; init; }

    public long ConnectErrors { get; init; }
    public long ReadErrors { get; init; }
    public long WriteErrors { get; init; }

    /// <summary>Replies that took wrk's two seconds or longer.</summary>
    public long Timeouts { get; init; }

    /// <summary>Replies with another status than 2xx and 3xx, which wrk counts among its requests.</summary>
    public long OtherStatuses { get; init; }

    public static WrkFigures None(string because) => new() { Unavailable = because };
}
