using System.Diagnostics;
using C10k.Linux;

namespace C10k.Nodes.Collecting;

/// <summary>
/// Keeps looking at a server within a share of a CPU: a look that cost much is followed by a pause in proportion, so that servers of
/// many threads and processes are looked at less often instead of being disturbed.
/// </summary>
internal sealed class LookBudget(double share, Func<long> clock, Func<TimeSpan> cpu)
{
    private readonly long _begin = clock();

    public LookBudget(double share)
        : this(share, Stopwatch.GetTimestamp, Syscall.ThreadCpuTime) { }

    /// <summary>CPU time of all looks so far.</summary>
    public TimeSpan Spent { get; private set; }

    /// <summary>Whether that is within the share.</summary>
    public bool Allows => Spent <= Stopwatch.GetElapsedTime(_begin, clock()) * share;

    /// <summary>Does a look and counts what it cost.</summary>
    public T Spend<T>(Func<T> look)
    {
        var before = cpu();
        var seen = look();
        Spent += cpu() - before;
        return seen;
    }
}
