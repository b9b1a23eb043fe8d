using C10k.Hosting;

namespace C10k.Servers.Models.Processes;

/// <summary>
/// A process with an event loop for each CPU: readiness as in epoll-edge, without anything shared between CPUs but the port. With a shared
/// listener all loops watch the same socket, and the kernel wakes one of them for a connection (EPOLLEXCLUSIVE), as a rule the same one for
/// as long as it is idle: without that flag it would wake all of them, of which one finds the connection (the thundering herd). With
/// SO_REUSEPORT each worker has a socket and a queue of its own, and the kernel chooses among them by a hash of the connection's addresses:
/// even, and without a herd, but a connection in the queue of a worker that is busy, or dead and not replaced yet, waits for that one.
/// </summary>
internal sealed class EpollWorkers : IServerModel
{
    private const string Workers = "workers";
    private const string Reuseport = "reuseport";

    public ModelInfo Info { get; } =
        new(
            "epoll-workers",
            "processes",
            "Processes with an edge-triggered epoll loop each; one that dies is replaced.",
            "NGINX, Node.js clusters",
            WorkerProgram.Note
        )
        {
            Processes = $"1+{Workers}",
            HoldingProcesses = Workers,
            WorkerBuild = WorkerProgram.Build,
            Threads = Workers,
            UsesCpus = Workers,
            Parameters =
            [
                Parameter.Number(Workers, "cpus", "Worker processes.", 1, 1_000),
                Parameter.Choice(
                    WorkerOrder.Listener,
                    WorkerOrder.Shared,
                    "Whether all workers accept from one socket or each from its own (SO_REUSEPORT).",
                    WorkerOrder.Shared,
                    Reuseport
                ),
                WorkerProgram.Child,
            ],
        };

    public TimeSpan StopGrace => Children.StopGrace;

    public string? WhyUnavailable() => WorkerProgram.WhyUnavailable();

    public void Serve(ServerContext context, CancellationToken stop)
    {
        var workers = context.Number(Workers);
        using var command = WorkerProgram.Command(WorkerOrder.ServeInLoop, context);
        var listeners =
            context.Choice(WorkerOrder.Listener) == Reuseport
                ? context.ListenOften(workers, nonBlocking: true, stop)
                : [context.Listen(nonBlocking: true, stop)];
        new WorkerPool(command, listeners, workers).Run(() => context.Ready(listeners[0]), stop);
        foreach (var listener in listeners)
            listener.Dispose();
    }
}
