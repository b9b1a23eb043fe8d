using C10k.Hosting;

namespace C10k.Servers.Models.Readiness;

/// <summary>One thread and one poller: a server that waits for all its clients at once. The variants differ in the poller alone.</summary>
internal sealed class ReadinessModel(
    string id,
    string summary,
    string usedBy,
    Func<IPoller> createPoller,
    string limits = "",
    Func<string?>? whyUnavailable = null
) : IServerModel
{
    public ModelInfo Info { get; } = new(id, "readiness", summary, usedBy, limits) { UsesCpus = 1 };

    public string? WhyUnavailable() => whyUnavailable?.Invoke();

    public void Serve(ServerContext context, CancellationToken stop)
    {
        using var listener = context.Listen(nonBlocking: true, stop);
        using var poller = createPoller();
        context.Ready(listener);
        new ReadinessLoop(poller, listener, context).Run();
    }
}
