using C10k.Hosting;
using C10k.Servers.Serving;

namespace C10k.Servers.Models.Threads;

/// <summary>
/// A thread for each client, which blocks in receive until that client sends. The kernel's scheduler does the multiplexing: each
/// request costs it a wake-up, and each client a stack.
/// </summary>
internal sealed class ThreadPerConnection : IServerModel
{
    private const string StackParameter = "stack";

    public ModelInfo Info { get; } =
        new(
            "thread-per-connection",
            "threads",
            "An operating system thread for each client, blocking.",
            "classic Java servers, MySQL, many daemons",
            "Needs a thread and its stack for each client: the kernel's limits on threads and memory maps end it."
        )
        {
            TasksPerClient = 1,
            Parameters =
            [
                Parameter.Number(StackParameter, "64k", "Bytes of stack for each thread.", 64 * 1024, 8 * 1024 * 1024),
            ],
        };

    public void Serve(ServerContext context, CancellationToken stop)
    {
        var stackBytes = context.Number(StackParameter);
        var live = new LiveConnections();
        using var listener = context.Listen(nonBlocking: false, stop);
        using var registration = stop.Register(live.ShutDownAll);
        context.Ready(listener);
        while (listener.Accept() is { IsConnection: true } accepted)
        {
            live.Add(accepted.Descriptor);
            StartThread(accepted.Descriptor, context, live, stackBytes);
        }
        live.WaitUntilNoneIsLeft();
    }

    private static void StartThread(int descriptor, ServerContext context, LiveConnections live, int stackBytes)
    {
        void ServeClient()
        {
            BlockingConnection.Serve(descriptor, context.NewConversation());
            live.Close(descriptor);
        }

        try
        {
            new Thread(ServeClient, stackBytes) { IsBackground = true }.Start();
        }
        catch (OutOfMemoryException)
        {
            // No thread is to be had (pids, maps or memory are used up): this client is sent away, the others are served on.
            Console.Error.WriteLine(
                $"no thread for another client: the connection on descriptor {descriptor} is closed"
            );
            live.Close(descriptor);
        }
    }
}
