using C10k.Hosting;
using C10k.Servers.Serving;

namespace C10k.Servers.Models.Blocking;

/// <summary>
/// The textbook's first server: accept a client, serve it until it leaves, then accept the next. Everybody else waits in the kernel's
/// queue, connected but unheard, until the queue (the backlog) is full and the kernel drops further SYNs.
/// </summary>
internal sealed class BlockingModel : IServerModel
{
    public ModelInfo Info { get; } =
        new(
            "blocking",
            "blocking",
            "One thread; serves one client until it leaves, then the next.",
            "the textbook's first server",
            "All clients but one are connected by the kernel at most, and wait."
        )
        {
            ServesAtOnce = 1,
            UsesCpus = 1,
        };

    public void Serve(ServerContext context, CancellationToken stop)
    {
        var live = new LiveConnections();
        using var listener = context.Listen(nonBlocking: false, stop);
        using var registration = stop.Register(live.ShutDownAll);
        context.Ready(listener);
        while (listener.Accept() is { IsConnection: true } accepted)
        {
            live.Add(accepted.Descriptor);
            BlockingConnection.Serve(accepted.Descriptor, context.NewConversation());
            live.Close(accepted.Descriptor);
        }
    }
}
