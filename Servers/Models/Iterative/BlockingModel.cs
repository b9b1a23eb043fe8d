using C10k.Conversations;
using C10k.Hosting;
using C10k.Servers.Serving;

namespace C10k.Servers.Models.Iterative;

/// <summary>
/// The textbook's first server: accept a client, serve it, close, then accept the next. Everybody else waits in the kernel's queue,
/// connected but unheard, until the queue (the backlog) is full and the kernel drops further SYNs. The two variants differ in what
/// serving means: until the client leaves, or one request. With one request nobody can keep the server to himself by staying, though
/// whoever connects and says nothing still can; and what one receive brought counts as the request, be it whole or not.
/// </summary>
internal sealed class BlockingModel : IServerModel
{
    private readonly Action<int, IConversation> _serveClient;

    private BlockingModel(ModelInfo info, Action<int, IConversation> serveClient)
    {
        Info = info with { ServesAtOnce = 1, UsesCpus = 1 };
        _serveClient = serveClient;
    }

    /// <summary>Serves each client until it leaves.</summary>
    public static BlockingModel UntilClientLeaves { get; } =
        new(
            new ModelInfo(
                "blocking",
                "iterative",
                "One thread; serves one client until it leaves, then the next.",
                "the textbook's first server",
                "All clients but one are connected by the kernel at most, and wait."
            ),
            BlockingConnection.Serve
        );

    /// <summary>Serves each client once.</summary>
    public static BlockingModel OneShot { get; } =
        new(
            new ModelInfo(
                "blocking-one-shot",
                "iterative",
                "One thread; accepts a client, receives once, replies, closes, then the next.",
                "the textbook's first server where a connection is one request: daytime, finger, HTTP/1.0",
                "Answers one request on a connection; a client that says nothing holds up all behind it."
            )
            {
                OneRequestPerConnection = true,
            },
            BlockingConnection.ServeOnce
        );

    public ModelInfo Info { get; }

    public void Serve(ServerContext context, CancellationToken stop)
    {
        var live = new LiveConnections();
        using var listener = context.Listen(nonBlocking: false, stop);
        using var registration = stop.Register(live.ShutDownAll);
        context.Ready(listener);
        while (listener.Accept() is { IsConnection: true } accepted)
        {
            live.Add(accepted.Descriptor);
            _serveClient(accepted.Descriptor, context.NewConversation());
            live.Close(accepted.Descriptor);
        }
    }
}
