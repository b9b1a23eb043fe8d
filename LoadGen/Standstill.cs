using System.Diagnostics;
using C10k.Linux;

namespace C10k.LoadGen;

/// <summary>
/// Finds out for how long the load stood still: halted (SIGSTOP, a frozen control group, a paused virtual machine), without a CPU, or asleep
/// with the whole machine. It looks at the clocks at short intervals, and takes a late look for what it is.
/// </summary>
/// <param name="now">A clock that goes on while a process is halted, and stops while the machine sleeps.</param>
/// <param name="asleep">For how long the machine has slept since it was started.</param>
internal sealed class Standstill(Func<TimeSpan> now, Func<TimeSpan> asleep)
{
    /// <summary>How often to look.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    // Nobody waits as long for his turn, also on a CPU that is shared.
    private static readonly TimeSpan Trifle = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private TimeSpan _last = now();
    private TimeSpan _asleep = asleep();
    private TimeSpan _stood;

    public Standstill()
        : this(() => Stopwatch.GetElapsedTime(0), Syscall.TimeAsleep) { }

    /// <summary>To be called at each interval.</summary>
    public void Look()
    {
        lock (_gate)
        {
            var (time, slept) = (now(), asleep());
            _stood += Count(time - _last - Interval) + Count(slept - _asleep);
            (_last, _asleep) = (time, slept);
        }
    }

    /// <summary>For how long since it was asked before.</summary>
    public TimeSpan Take()
    {
        Look();
        lock (_gate)
        {
            var stood = _stood;
            _stood = TimeSpan.Zero;
            return stood;
        }
    }

    private static TimeSpan Count(TimeSpan time) => time > Trifle ? time : TimeSpan.Zero;
}
