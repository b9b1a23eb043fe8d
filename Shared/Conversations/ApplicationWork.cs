namespace C10k.Conversations;

/// <summary>What the application does for each request besides answering it.</summary>
/// <param name="Wait">How long it waits, as for a database; zero for not at all.</param>
/// <param name="Iterations">How much it computes, see <see cref="CpuWork"/>; zero for not at all.</param>
public readonly record struct ApplicationWork(TimeSpan Wait, long Iterations)
{
    /// <summary>Whether there is anything to do.</summary>
    public bool IsNone => Wait == TimeSpan.Zero && Iterations == 0;
}
