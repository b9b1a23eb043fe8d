using System.Diagnostics;

namespace C10k.Servers.Serving;

/// <summary>The connections of one event loop that wait for a time and not for a descriptor, the next one first.</summary>
internal sealed class Timers
{
    private readonly PriorityQueue<Connection, long> _queue = new();

    public void Add(Connection connection, TimeSpan delay) =>
        _queue.Enqueue(connection, Stopwatch.GetTimestamp() + (long)(delay.TotalSeconds * Stopwatch.Frequency));

    /// <summary>How long a readiness call may wait before the next is due; null without any.</summary>
    public TimeSpan? UntilNext()
    {
        if (!_queue.TryPeek(out _, out var due))
            return null;
        var left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>Takes the next one that is due; null when none is.</summary>
    public Connection? TryTakeDue() =>
        _queue.TryPeek(out _, out var due) && due <= Stopwatch.GetTimestamp() ? _queue.Dequeue() : null;
}
