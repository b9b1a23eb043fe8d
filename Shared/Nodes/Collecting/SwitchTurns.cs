using System.Diagnostics;
using System.Globalization;
using C10k.Linux;

namespace C10k.Nodes.Collecting;

/// <summary>
/// Says at which borders switches are read: at each, until a look has cost more than a share of a CPU for the length of a window. From then
/// on windows have none of their own, and the last border tells those of all windows together.
/// </summary>
internal sealed class SwitchTurns(double share, Func<long> clock, Func<TimeSpan> cpu)
{
    private long _border;
    private TimeSpan _cost;
    private string? _tooDear;

    public SwitchTurns(double share)
        : this(share, Stopwatch.GetTimestamp, Syscall.ThreadCpuTime) { }

    /// <summary>Looks at a border.</summary>
    /// <param name="isLast">Whether the last window has ended.</param>
    /// <param name="look">Is told why it is to leave the switches out, or null.</param>
    public T Look<T>(bool isLast, Func<string?, T> look)
    {
        var now = clock();
        var window = Stopwatch.GetElapsedTime(_border, now);
        _border = now;
        if (_cost > window * share)
            _tooDear ??= Describe(_cost);
        if (_tooDear is not null && !isLast)
            return look(_tooDear);
        var before = cpu();
        var seen = look(null);
        _cost = cpu() - before;
        return seen;
    }

    private string Describe(TimeSpan cost) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"a look at every thread took {cost.TotalMilliseconds:0.#} ms, more than {share * 100:0.#} % of a window: they were read at the first and the last border alone"
        );
}
