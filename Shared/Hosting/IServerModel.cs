namespace C10k.Hosting;

/// <summary>One way of serving many connections.</summary>
public interface IServerModel
{
    /// <summary>What it is called, and what it is.</summary>
    ModelInfo Info { get; }

    /// <summary>
    /// Listens, tells that it is ready, and serves until <paramref name="stop"/> is cancelled; then closes what it opened, ends what it
    /// started, and returns.
    /// </summary>
    void Serve(ServerContext context, CancellationToken stop);
}
