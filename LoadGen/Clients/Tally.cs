using C10k.Contract;

namespace C10k.LoadGen.Clients;

/// <summary>What one thread saw between two borders. A full one is handed over whole and an empty one takes its place, so nothing is locked.</summary>
/// <param name="isScheduled">Whether requests have intended moments.</param>
internal sealed class Tally(bool isScheduled)
{
    public Distributions Distributions { get; } = new(isScheduled);

    /// <summary>The interval as it was, in ticks of <see cref="System.Diagnostics.Stopwatch"/>.</summary>
    public long Begin { get; set; }
    public long End { get; set; }

    /// <summary>What failed in the interval.</summary>
    public LoadErrors Errors { get; set; } = new();

    /// <summary>Requests that were under way on connections that ended in the interval.</summary>
    public long LostRequests { get; set; }

    public Census Census { get; set; }

    public ThreadUsage Usage { get; set; }

    public void Clear(long begin)
    {
        Distributions.Clear();
        Begin = begin;
    }
}
