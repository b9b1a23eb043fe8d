using System.Diagnostics;

namespace C10k.LoadGen.Clients;

/// <summary>How fast connects may begin.</summary>
/// <param name="Begin">When the first may, in ticks of <see cref="Stopwatch"/>.</param>
/// <param name="Rate">How many in a second.</param>
internal readonly record struct ConnectRamp(long Begin, double Rate)
{
    /// <summary>As fast as it goes.</summary>
    public static ConnectRamp None { get; } = new(0, double.PositiveInfinity);

    /// <summary>Whether one more may begin after so many.</summary>
    public bool Allows(long connects, long now) => now >= Next(connects, 0);

    /// <summary>When one more may begin after so many; not before <paramref name="now"/>.</summary>
    public long Next(long connects, long now) => Math.Max(now, Begin + (long)(connects / Rate * Stopwatch.Frequency));
}
