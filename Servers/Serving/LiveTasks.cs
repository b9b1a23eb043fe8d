namespace C10k.Servers.Serving;

/// <summary>Counts the tasks under way, so that a stop can wait for the last of them without keeping a list of all.</summary>
internal sealed class LiveTasks
{
    // The owner counts as one, so that the count cannot reach zero before all were added.
    private int _count = 1;
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Add(Task task)
    {
        Interlocked.Increment(ref _count);
        _ = task.ContinueWith(_ => Release(), TaskScheduler.Default);
    }

    public Task WhenAllAreDone()
    {
        Release();
        return _done.Task;
    }

    private void Release()
    {
        if (Interlocked.Decrement(ref _count) == 0)
            _done.SetResult();
    }
}
