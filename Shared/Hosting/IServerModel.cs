namespace C10k.Hosting;

/// <summary>One way of serving many connections.</summary>
public interface IServerModel
{
    /// <summary>What it is called, and what it is.</summary>
    ModelInfo Info { get; }

    /// <summary>Why this machine cannot run it, with the remedy; null where it can.</summary>
    string? WhyUnavailable() => null;

    /// <summary>
    /// Listens, tells that it is ready, and serves until <paramref name="stop"/> is cancelled; then closes what it opened, ends what it
    /// started, and returns.
    /// </summary>
    void Serve(ServerContext context, CancellationToken stop);
}
