using System.Diagnostics;

namespace C10k.LoadGen.Arrivals;

/// <summary>Draws the times between requests, on one thread.</summary>
/// <param name="clients">How many clients share the rate, those of other threads included.</param>
/// <param name="seed">The same one gives the same times.</param>
internal sealed class Gaps(Pace pace, int clients, int seed)
{
    private readonly Random _random = new(seed);
    private readonly double _meanTicks = pace.MeanGap(clients).TotalSeconds * Stopwatch.Frequency;

    /// <summary>The next time, in ticks of <see cref="Stopwatch"/>.</summary>
    public long Next() => (long)(pace.IsRandom ? -Math.Log(1 - _random.NextDouble()) * _meanTicks : _meanTicks);

    /// <summary>
    /// The time before the first request of a client: at random where the times are, otherwise so that the clients are evenly spread.
    /// </summary>
    /// <param name="rank">The client's number among all that share the rate.</param>
    public long First(int rank) => pace.IsRandom ? Next() : (long)(_meanTicks * rank / clients);
}
