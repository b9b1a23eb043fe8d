using C10k.Conversations;
using C10k.Hosting;
using C10k.Servers.Serving;

namespace C10k.Servers.Models.Threads;

/// <summary>
/// A thread for each client, which blocks in receive until that client sends. The kernel's scheduler does the multiplexing: each
/// request costs it a wake-up, and each client a stack. In one variant a global lock lets only one thread at a time into the
/// application's code, as an interpreter's lock does: then threads help with waiting, but not with computing.
/// </summary>
internal sealed class ThreadPerConnection : IServerModel
{
    private const string StackParameter = "stack";

    private readonly Func<IConversation, IConversation> _guard;

    private ThreadPerConnection(ModelInfo info, Func<IConversation, IConversation> guard)
    {
        _guard = guard;
        Info = info with
        {
            Threads = "1+clients",
            TasksPerClient = 1,
            Parameters =
            [
                Parameter.Number(StackParameter, "64k", "Bytes of stack for each thread.", 64 * 1024, 8 * 1024 * 1024),
            ],
        };
    }

    /// <summary>Threads that run as they like.</summary>
    public static ThreadPerConnection Free { get; } =
        new(
            new ModelInfo(
                "thread-per-connection",
                "threads",
                "An operating system thread for each client, blocking.",
                "classic Java servers, MySQL, many daemons",
                "Needs a thread and its stack for each client: the kernel's limits on threads and memory maps end it."
            ),
            conversation => conversation
        );

    /// <summary>Threads of which one at a time runs the application's code.</summary>
    public static ThreadPerConnection GlobalLock { get; } =
        new(
            new ModelInfo(
                "thread-per-connection-gil",
                "threads",
                "A thread for each client, with one global lock around the application's code, but not around waiting.",
                "CPython's threads, MRI Ruby's threads",
                "Computes on one CPU only; the lock is kept until the request is computed, while CPython asks for it back every 5 ms."
            ),
            conversation => new GloballyLockedConversation(conversation)
        );

    public ModelInfo Info { get; }

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
            StartThread(accepted.Descriptor, _guard(context.NewConversation()), live, stackBytes);
        }
        live.WaitUntilNoneIsLeft();
    }

    private static void StartThread(int descriptor, IConversation conversation, LiveConnections live, int stackBytes)
    {
        void ServeClient()
        {
            BlockingConnection.Serve(descriptor, conversation);
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
