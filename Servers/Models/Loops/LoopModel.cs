using C10k.Conversations;
using C10k.Hosting;
using C10k.Servers.Models.Readiness;

namespace C10k.Servers.Models.Loops;

/// <summary>A server on an event loop, which runs until the listener is stopped, and closes its clients then.</summary>
internal delegate void LoopServer(EventLoop loop, Listener listener, Func<IConversation> newConversation);

/// <summary>One thread and one event loop. The variants differ in how the code that serves a client waits.</summary>
internal sealed class LoopModel(string id, string summary, string usedBy, LoopServer serve) : IServerModel
{
    private static readonly Parameter Poller = Parameter.Choice(
        "poller",
        "epoll",
        "the call that waits for readiness",
        "select",
        "poll",
        "epoll"
    );

    public ModelInfo Info { get; } =
        new(
            id,
            "loops",
            summary,
            usedBy,
            "one CPU; work that computes or blocks keeps every client waiting; with select and poll, each wait asks for all clients"
        )
        {
            Parameters = [Poller],
            UsesCpus = 1,
        };

    public void Serve(ServerContext context, CancellationToken stop)
    {
        using var listener = context.Listen(nonBlocking: true, stop);
        using var loop = new EventLoop(CreatePoller(context.Choice(Poller.Name)));
        context.Ready(listener);
        serve(loop, listener, context.NewConversation);
    }

    /// <summary>Tells of a failure that ended one client and no other.</summary>
    internal static void Report(Exception crash) =>
        Console.Error.WriteLine($"the connection of one client ended: {crash}");

    internal static IPoller CreatePoller(string name) =>
        name switch
        {
            "select" => new SelectPoller(),
            "poll" => new PollPoller(),
            _ => new EpollPoller(edgeTriggered: false),
        };
}
