namespace C10k.LoadGen.Clients;

/// <summary>Which clients have to do something at which moment. Allocates nothing once it has grown.</summary>
internal sealed class Timers
{
    private readonly PriorityQueue<int, long> _queue = new();

    /// <summary>The next moment, in ticks of <see cref="System.Diagnostics.Stopwatch"/>; far away when there is none.</summary>
    public long Next { get; private set; } = long.MaxValue;

    public void Set(int index, long moment)
    {
        _queue.Enqueue(index, moment);
        Next = Math.Min(Next, moment);
    }

    /// <summary>Takes out the next one that is due.</summary>
    public bool TryTake(long now, out int index)
    {
        index = -1;
        if (now < Next)
            return false;
        index = _queue.Dequeue();
        Next = _queue.TryPeek(out _, out var next) ? next : long.MaxValue;
        return true;
    }
}
