using C10k.Hosting;
using C10k.Linux;
using C10k.Servers.Serving;

namespace C10k.Servers.Models.Readiness;

/// <summary>
/// One thread and epoll(7), level-triggered. The kernel keeps the set of descriptors and hands over those that are ready: what a wait
/// costs depends on how many are active, and no longer on how many are connected.
/// </summary>
internal sealed class EpollLevel : IServerModel
{
    // One wait fetches at most so many events; the others are fetched by the next one.
    private const int EventsPerWait = 512;

    public ModelInfo Info { get; } =
        new(
            "epoll-level",
            "readiness",
            "One thread; the kernel tells which descriptors are ready (epoll, level-triggered).",
            "Redis, HAProxy, most event-driven servers"
        )
        {
            UsesCpus = 1,
        };

    public void Serve(ServerContext context, CancellationToken stop)
    {
        using var listener = context.Listen(nonBlocking: true, stop);
        using var events = new EpollEvents(EventsPerWait);
        var connections = new ConnectionTable(context);
        var buffers = new LoopBuffers();
        var epoll = Syscall.CreateEpoll();
        Syscall.ControlEpoll(epoll, Epoll.EPOLL_CTL_ADD, listener.Descriptor, Epoll.EPOLLIN);
        context.Ready(listener);

        while (ServeReady(epoll, events, listener, connections, buffers)) { }

        connections.CloseAll();
        Syscall.Close(epoll);
    }

    // False when the listener was stopped.
    private static bool ServeReady(
        int epoll,
        EpollEvents events,
        Listener listener,
        ConnectionTable connections,
        LoopBuffers buffers
    )
    {
        var count = Syscall.WaitEpoll(epoll, events);
        for (var i = 0; i < count; i++)
        {
            var descriptor = events.Data(i);
            if (descriptor != listener.Descriptor)
                ServeConnection(epoll, connections, connections[descriptor], buffers);
            else if (!AcceptAll(epoll, listener, connections))
                return false;
        }
        return true;
    }

    private static bool AcceptAll(int epoll, Listener listener, ConnectionTable connections)
    {
        Accepted accepted;
        while ((accepted = listener.Accept()).IsConnection)
        {
            var connection = connections.Add(accepted.Descriptor);
            Syscall.ControlEpoll(epoll, Epoll.EPOLL_CTL_ADD, connection.Descriptor, Epoll.EPOLLIN);
        }
        return accepted != Accepted.Stopped;
    }

    private static void ServeConnection(
        int epoll,
        ConnectionTable connections,
        Connection connection,
        LoopBuffers buffers
    )
    {
        var before = connection.Interest;
        var after = connection.Proceed(buffers);
        if (after == before)
            return;
        if (after == Interest.Closed)
            connections.Close(connection); // Closing takes it out of the epoll set, see epoll(7).
        else
            Syscall.ControlEpoll(
                epoll,
                Epoll.EPOLL_CTL_MOD,
                connection.Descriptor,
                after == Interest.Read ? Epoll.EPOLLIN : Epoll.EPOLLOUT
            );
    }
}
