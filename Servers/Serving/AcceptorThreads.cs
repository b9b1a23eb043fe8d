using C10k.Hosting;

namespace C10k.Servers.Serving;

/// <summary>
/// Leader/followers: each of a fixed number of threads accepts a client, serves it until it leaves, and accepts the next. Those that have
/// no client all wait in accept, and the kernel wakes one of them for each connection.
/// </summary>
internal static class AcceptorThreads
{
    // The calls of a blocking connection are few and shallow.
    private const int StackBytes = 128 * 1024;

    /// <summary>Serves in so many threads, the calling one among them, until the listener is stopped and the last connection is closed.</summary>
    public static void Run(int threads, Listener listener, ServerContext context, LiveConnections live)
    {
        void AcceptAndServe()
        {
            while (listener.Accept() is { IsConnection: true } accepted)
            {
                live.Add(accepted.Descriptor);
                BlockingConnection.Serve(accepted.Descriptor, context.NewConversation());
                live.Close(accepted.Descriptor);
            }
        }

        var others = new Thread[threads - 1];
        for (var i = 0; i < others.Length; i++)
        {
            others[i] = new Thread(AcceptAndServe, StackBytes) { IsBackground = true };
            others[i].Start();
        }
        AcceptAndServe();
        foreach (var other in others)
            other.Join();
    }
}
