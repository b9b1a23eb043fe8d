using System.Collections.Concurrent;
using System.Diagnostics;

namespace C10k.LoadGen.Clients;

/// <summary>Windows: their borders are set beforehand, and each worker finds them on its own clock, so that load goes on without a gap.</summary>
internal sealed partial class Worker
{
    private const double UsualPercentile = 99;

    private readonly BlockingCollection<Tally?> _full = [];
    private readonly ConcurrentBag<Tally> _empty = [];
    private Tally _tally;
    private ThreadUsage _usage;
    private Schedule? _schedule;
    private bool _isLastWindow;
    private int _border;
    private long _nextBorder = long.MaxValue;

    /// <summary>Sets the borders. A tally comes out for each window, in order.</summary>
    public void Measure(Schedule schedule) =>
        Post(() =>
        {
            _schedule = schedule;
            _border = 0;
            _isLastWindow = false;
            _nextBorder = schedule.Border(0);
        });

    /// <summary>Ends the window under way at once, or the first one as soon as it begins, and lets no other follow.</summary>
    public void EndMeasuring(long now) =>
        Post(() =>
        {
            if (_schedule is null || _border > _schedule.Windows)
                return;
            _isLastWindow = true;
            _schedule = new Schedule(now, Length: 0, Windows: Math.Max(_border, 1));
            _nextBorder = now;
        });

    /// <summary>Waits for the tally of the next window that ends; null when measuring was ended before.</summary>
    public Tally? TakeTally() => _full.Take();

    /// <summary>Gives a tally back once it has been read.</summary>
    public void Return(Tally tally) => _empty.Add(tally);

    private void RollIfDue(long now)
    {
        if (now >= _nextBorder)
            Roll(now);
    }

    private void Roll(long now)
    {
        if (_border == 0)
            ForgetWhatWasBefore(now);
        else
            HandOver(now);
        if (_isLastWindow && _border == _schedule!.Windows)
            _full.Add(null);
        _border++;
        _nextBorder = _border <= _schedule!.Windows ? _schedule.Border(_border) : long.MaxValue;
    }

    private void ForgetWhatWasBefore(long now)
    {
        foreach (ref var client in _clients.AsSpan())
            client.Replies = 0;
        TakeErrors();
        TakeLostRequests();
        _tally.Clear(now);
        _usage = UsageSoFar();
    }

    private void HandOver(long now)
    {
        _tally.End = now;
        _tally.Census = Census.Of(_clients, now - UsualWait());
        _tally.Errors = TakeErrors();
        _tally.LostRequests = TakeLostRequests();
        _tally.Distributions.WorstOverdue = WorstOverdue(now);
        var usage = UsageSoFar();
        _tally.Usage = usage - _usage;
        _usage = usage;
        _full.Add(_tally);
        _tally = _empty.TryTake(out var tally) ? tally : new Tally(_plans is not null);
        _tally.Clear(now);
    }

    // What all but the slowest hundredth waited for their replies; nothing where none came.
    private long UsualWait() =>
        (long)(_tally.Distributions.Latency.ValueAtPercentile(UsualPercentile) / NanosecondsPerTick);

    private long WorstOverdue(long now)
    {
        var first = now;
        for (var index = 0; index < _plans?.Length; index++)
        {
            if (IsOverdue(index))
                first = Math.Min(first, _plans[index]);
        }
        return (long)((now - first) * NanosecondsPerTick);
    }

    private ThreadUsage UsageSoFar() => ThreadUsage.Now(Stopwatch.GetElapsedTime(0, _spunTicks));
}

/// <summary>When windows begin and end, in ticks of <see cref="System.Diagnostics.Stopwatch"/>.</summary>
/// <param name="Begin">When the first begins.</param>
/// <param name="Length">How long each is.</param>
/// <param name="Windows">How many there are.</param>
internal sealed record Schedule(long Begin, long Length, int Windows)
{
    /// <summary>The moment between window <paramref name="index"/> - 1 and window <paramref name="index"/>.</summary>
    public long Border(int index) => Begin + index * Length;
}
