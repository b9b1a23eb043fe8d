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
    private const int StackBytes = 64 * 1024;

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
        var threads = StartThreads(context.Number(ThreadsParameter), new Crew(listener, live, context));
        context.Ready(listener);
        foreach (var thread in threads)
            thread.Join();
    }

    private static List<Thread> StartThreads(int count, Crew crew)
    {
        var threads = new List<Thread>(count);
        try
        {
            while (threads.Count < count)
            {
                var thread = new Thread(crew.Work, StackBytes) { IsBackground = true };
                thread.Start();
                threads.Add(thread);
            }
        }
        catch (OutOfMemoryException none)
        {
            throw new InvalidOperationException(
                $"only {threads.Count} of {count} threads could be started: ask for fewer ({ThreadsParameter}=), or raise kernel.pid_max and vm.max_map_count",
                none
            );
        }
        return threads;
    }

    /// <summary>What the threads have in common.</summary>
    private sealed class Crew(Listener listener, LiveConnections live, ServerContext context)
    {
        private readonly Lock _lead = new();

        public void Work()
        {
            while (AcceptNext() is { IsConnection: true } accepted)
            {
                live.Add(accepted.Descriptor);
                BlockingConnection.Serve(accepted.Descriptor, context.NewConversation());
                live.Close(accepted.Descriptor);
            }
        }

        // If all that are free waited in accept, each would hold a descriptor in reserve for the client that it hopes for.
        private Accepted AcceptNext()
        {
            lock (_lead)
                return listener.Accept();
        }
    }
}
