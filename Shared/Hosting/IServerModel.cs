namespace C10k.Hosting;

/// <summary>One way of serving many connections.</summary>
public interface IServerModel
{
    /// <summary>What it is called, and what it is.</summary>
    ModelInfo Info { get; }

    /// <summary>
    /// How long it may take to stop before it is ended as it is. The contract allows two seconds, of which the kernel may need more than
    /// one to end the process: ten thousand threads take so long.
    /// </summary>
    TimeSpan StopGrace => TimeSpan.FromSeconds(0.8);

    /// <summary>Why this machine cannot run it, with the remedy; null where it can.</summary>
    string? WhyUnavailable() => null;

    /// <summary>
    /// Listens, tells that it is ready, and serves until <paramref name="stop"/> is cancelled; then closes what it opened, ends what it
    /// started, and returns.
    /// </summary>
    void Serve(ServerContext context, CancellationToken stop);
}
