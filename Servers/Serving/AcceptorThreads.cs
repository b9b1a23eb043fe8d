using C10k.Hosting;

namespace C10k.Servers.Serving;

/// <summary>
/// Leader and followers: each of a fixed number of threads accepts a client, serves it until it leaves, and then lines up for the next.
/// One of those that are free leads, which means that it waits in accept; with a client in hand it leaves the lead to another.
/// </summary>
/// <param name="listener">Where they accept.</param>
/// <param name="live">The connections that they serve.</param>
/// <param name="context">What they serve with.</param>
internal sealed class AcceptorThreads(Listener listener, LiveConnections live, ServerContext context)
{
    // The calls of a blocking connection are few and shallow.
    private const int StackBytes = 64 * 1024;

    private readonly Lock _lead = new();

    /// <summary>Serves in so many threads, the calling one among them, until the listener is stopped and the last connection is closed.</summary>
    /// <param name="ready">Called when all of them are there.</param>
    /// <exception cref="InvalidOperationException">There are not so many threads to be had.</exception>
    public void Run(int count, Action ready)
    {
        var others = StartOthers(count);
        ready();
        AcceptAndServe();
        foreach (var other in others)
            other.Join();
    }

    private List<Thread> StartOthers(int count)
    {
        var others = new List<Thread>(count - 1);
        try
        {
            while (others.Count < count - 1)
            {
                var thread = new Thread(AcceptAndServe, StackBytes) { IsBackground = true };
                thread.Start();
                others.Add(thread);
            }
        }
        catch (OutOfMemoryException none)
        {
            throw new InvalidOperationException(
                $"only {others.Count + 1} of {count} threads could be started: ask for fewer (threads=), or raise kernel.pid_max and vm.max_map_count",
                none
            );
        }
        return others;
    }

    private void AcceptAndServe()
    {
        while (AcceptNext() is { IsConnection: true } accepted)
        {
            live.Add(accepted.Descriptor);
            BlockingConnection.Serve(accepted.Descriptor, context.NewConversation());
            live.Close(accepted.Descriptor);
        }
    }

    // If all that are free waited in accept, each would hold a descriptor in reserve for the client that it hopes for; a few hundred of
    // them could use up what the process may have, and the runtime dies where it gets none.
    private Accepted AcceptNext()
    {
        lock (_lead)
            return listener.Accept();
    }
}
