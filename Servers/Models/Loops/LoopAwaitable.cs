using System.Runtime.CompilerServices;

namespace C10k.Servers.Models.Loops;

/// <summary>
/// What <c>await</c> has to know of an event loop: it hands over the rest of the method as a callback, and the loop calls it when the
/// wait is over. The compiler makes that callback once for each run of a method, so that waiting again allocates nothing.
/// </summary>
internal readonly struct LoopAwaitable(EventLoop loop, Trap trap) : ICriticalNotifyCompletion
{
    /// <summary>Never: whoever awaits this wants to wait.</summary>
    public bool IsCompleted => false;

    public LoopAwaitable GetAwaiter() => this;

    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    public void UnsafeOnCompleted(Action continuation) => trap.Arrange(loop, continuation);

    /// <summary>What the method that awaits goes on with.</summary>
    /// <exception cref="OperationCanceledException">The loop ends, and the wait was in vain.</exception>
    public void GetResult()
    {
        if (loop.IsCancelled)
            throw new OperationCanceledException();
    }
}

/// <summary>The waits of an event loop, for <c>await</c>.</summary>
internal static class LoopAwaitables
{
    /// <summary>Until the descriptor has something to receive or to accept.</summary>
    public static LoopAwaitable Readable(this EventLoop loop, int descriptor) => new(loop, Trap.Readable(descriptor));

    /// <summary>Until the descriptor can take more.</summary>
    public static LoopAwaitable Writable(this EventLoop loop, int descriptor) => new(loop, Trap.Writable(descriptor));

    /// <summary>Until the time is over.</summary>
    public static LoopAwaitable Sleep(this EventLoop loop, TimeSpan delay) => new(loop, Trap.Sleep(delay));

    /// <summary>Turns the loop until the task has ended, then ends all others. What the task throws is thrown here.</summary>
    public static void RunUntilComplete(this EventLoop loop, Task main)
    {
        while (!main.IsCompleted)
            loop.Turn();
        loop.CancelWaits();
        main.GetAwaiter().GetResult();
    }
}
