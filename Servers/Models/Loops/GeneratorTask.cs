namespace C10k.Servers.Models.Loops;

/// <summary>
/// A generator and all those it delegates to, as a stack: only the innermost runs, and when it ends its caller goes on. A thread has
/// such a stack too, and reserves memory for the deepest that it may become; this one is as deep as it is.
/// </summary>
internal sealed class GeneratorTask : IDisposable
{
    private readonly Stack<IEnumerator<Trap>> _stack = new();

    /// <param name="generator">The outermost generator.</param>
    /// <param name="wakeUp">What is to be done with the task when a wait is over.</param>
    public GeneratorTask(IEnumerator<Trap> generator, Action<GeneratorTask> wakeUp)
    {
        _stack.Push(generator);
        WakeUp = () => wakeUp(this);
    }

    /// <summary>To be called when the task's wait is over.</summary>
    public Action WakeUp { get; }

    /// <summary>Runs until there is something to wait for; null when the outermost generator has ended instead.</summary>
    public Trap? RunToTrap()
    {
        while (_stack.TryPeek(out var innermost))
        {
            if (!innermost.MoveNext())
                _stack.Pop();
            else if (innermost.Current.Nested is { } nested)
                _stack.Push(nested);
            else
                return innermost.Current;
        }
        return null;
    }

    /// <summary>
    /// Ends all generators where they stand, the innermost first, so that the <c>finally</c> of each runs. This is also what an exception
    /// comes to: C# can neither throw into an iterator nor yield inside a try that has a catch, so that no caller could handle it.
    /// </summary>
    public void Dispose()
    {
        while (_stack.TryPop(out var generator))
            generator.Dispose();
    }
}
