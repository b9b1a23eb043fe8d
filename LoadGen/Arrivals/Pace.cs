namespace C10k.LoadGen.Arrivals;

/// <summary>What makes a client send its next request.</summary>
internal enum PaceKind
{
    /// <summary>The reply to the one before, at once.</summary>
    AtOnce,

    /// <summary>The reply to the one before, after a time of thinking.</summary>
    Think,

    /// <summary>The clock: each request has its intended moment, whether the server keeps up or not.</summary>
    Scheduled,
}

/// <summary>When clients send: in a closed loop, with or without thinking, or in an open loop at a rate.</summary>
internal sealed record Pace
{
    /// <summary>A closed loop without thinking.</summary>
    public static Pace AtOnce { get; } = new();

    public PaceKind Kind { get; private init; }

    /// <summary>Whether times are drawn from an exponential distribution; otherwise they are all alike.</summary>
    public bool IsRandom { get; private init; }

    /// <summary>How long clients think; with an exponential distribution, on average.</summary>
    public TimeSpan ThinkTime { get; private init; }

    /// <summary>Requests per second of all clients together.</summary>
    public double Rate { get; private init; }

    /// <summary>A closed loop with thinking.</summary>
    public static Pace Think(TimeSpan time, bool isRandom = false) =>
        new()
        {
            Kind = PaceKind.Think,
            ThinkTime = time,
            IsRandom = isRandom,
        };

    /// <summary>An open loop at a rate; a Poisson process where it is random.</summary>
    public static Pace Scheduled(double rate, bool isRandom = false) =>
        new()
        {
            Kind = PaceKind.Scheduled,
            Rate = rate,
            IsRandom = isRandom,
        };

    /// <summary>The mean time that each of so many clients leaves between its requests, or thinks.</summary>
    public TimeSpan MeanGap(int clients) =>
        Kind switch
        {
            PaceKind.Think => ThinkTime,
            PaceKind.Scheduled => TimeSpan.FromSeconds(clients / Rate),
            _ => TimeSpan.Zero,
        };
}
