using C10k.Hosting;
using C10k.Servers.Serving;

namespace C10k.Servers.Models.Threads;

/// <summary>
/// Leader and followers: a fixed number of threads, each of which accepts a client, serves it until it leaves, and then lines up for the
/// next. One of those that are free leads, which means that it waits in accept; with a client in hand it leaves the lead to another.
/// What the machine is asked for is bounded, and so is how many clients are served: those beyond wait in the kernel's queue.
/// </summary>
internal sealed class ThreadPoolModel : IServerModel
{
    private const string ThreadsParameter = "threads";

    public ModelInfo Info { get; } =
        new(
            "thread-pool",
            "threads",
            "A fixed number of threads, each accepting and serving one client at a time (leader/followers).",
            "Apache's worker inside one process, servlet containers before non-blocking I/O",
            "Serves as many clients at once as it has threads; the others wait until one of those leaves."
        )
        {
            ServesAtOnce = ThreadsParameter,
            Threads = ThreadsParameter,
            Parameters =
            [
                Parameter.Number(ThreadsParameter, "256", "Threads, and so clients at the same moment.", 1, 16_000),
            ],
        };

    public void Serve(ServerContext context, CancellationToken stop)
    {
        var live = new LiveConnections();
        using var listener = context.Listen(nonBlocking: false, stop);
        using var registration = stop.Register(live.ShutDownAll);
        new AcceptorThreads(listener, live, context).Run(
            context.Number(ThreadsParameter),
            ready: () => context.Ready(listener)
        );
    }
}
