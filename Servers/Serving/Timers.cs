using System.Diagnostics;

namespace C10k.Servers.Serving;

/// <summary>Those of one event loop who wait for a time and not for a descriptor, the next one first.</summary>
internal sealed class Timers<T>
    where T : class
{
    private readonly PriorityQueue<T, long> _queue = new();

    public int Count => _queue.Count;

    public void Add(T waiting, TimeSpan delay) =>
        _queue.Enqueue(waiting, Stopwatch.GetTimestamp() + (long)(delay.TotalSeconds * Stopwatch.Frequency));

    /// <summary>How long a readiness call may wait before the next is due; null without any.</summary>
    public TimeSpan? UntilNext()
    {
        if (!_queue.TryPeek(out _, out var due))
            return null;
        var left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>Takes the next one that is due; null when none is.</summary>
    public T? TryTakeDue() =>
        _queue.TryPeek(out _, out var due) && due <= Stopwatch.GetTimestamp() ? _queue.Dequeue() : null;

    /// <summary>Takes the next one, due or not; null when there is none.</summary>
    public T? TryTake() => _queue.TryDequeue(out var waiting, out _) ? waiting : null;
}
