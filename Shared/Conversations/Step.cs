namespace C10k.Conversations;

/// <summary>What comes next in a conversation.</summary>
public readonly record struct Step
{
    private Step(StepKind kind, TimeSpan delay)
    {
        Kind = kind;
        Delay = delay;
    }

    /// <summary>Send the reply, if there is one, and receive more.</summary>
    public static Step Continue => default;

    /// <summary>Send the reply and close the connection.</summary>
    public static Step Close { get; } = new(StepKind.Close, TimeSpan.Zero);

    /// <summary>Send the reply, then ask for more of it.</summary>
    public static Step More { get; } = new(StepKind.More, TimeSpan.Zero);

    /// <summary>What to do.</summary>
    public StepKind Kind { get; }

    /// <summary>How long to wait before the reply is sent; zero for all but <see cref="StepKind.Wait"/>.</summary>
    public TimeSpan Delay { get; }

    /// <summary>
    /// <see cref="Delay"/> in the whole milliseconds that the runtime's timers count in, rounded up: they would cut the rest off.
    /// </summary>
    public int DelayMs => (int)Math.Ceiling(Delay.TotalMilliseconds);

    /// <summary>
    /// Wait, as for a database, before the reply is sent; then see what else was received. How one waits is the model's affair: it
    /// blocks, arms a timer, or awaits.
    /// </summary>
    public static Step Wait(TimeSpan delay) => new(StepKind.Wait, delay);
}

/// <summary>The kinds of <see cref="Step"/>.</summary>
public enum StepKind
{
    /// <summary>Receive more.</summary>
    Continue,

    /// <summary>Close the connection.</summary>
    Close,

    /// <summary>Ask for more of the reply.</summary>
    More,

    /// <summary>Wait before sending.</summary>
    Wait,
}
