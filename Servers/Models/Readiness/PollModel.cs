using C10k.Hosting;
using C10k.Linux;
using C10k.Servers.Serving;

namespace C10k.Servers.Models.Readiness;

/// <summary>
/// One thread and poll(2). The array of all descriptors goes into the kernel with every call, the kernel asks each of them, and then
/// we look through all of them again: a wait costs time in proportion to the clients that are connected, be they active or not.
/// </summary>
internal sealed class PollModel : IServerModel
{
    public ModelInfo Info { get; } =
        new(
            "poll",
            "readiness",
            "One thread; every call hands the kernel the array of all descriptors (poll).",
            "portable event-driven servers, the fallback of most event libraries"
        )
        {
            UsesCpus = 1,
        };

    public void Serve(ServerContext context, CancellationToken stop)
    {
        using var listener = context.Listen(nonBlocking: true, stop);
        var loop = new Loop(listener, new ConnectionTable(context));
        context.Ready(listener);
        loop.Run();
    }

    private sealed class Loop(Listener listener, ConnectionTable connections)
    {
        private readonly LoopBuffers _buffers = new();
        private pollfd[] _entries = new pollfd[1024];
        private int _count;

        public void Run()
        {
            Append(listener.Descriptor);
            while (ServeReady()) { }
            connections.CloseAll();
        }

        // False when the listener was stopped. Backwards, because a connection that closes is replaced by the last entry.
        private bool ServeReady()
        {
            var ready = Syscall.WaitPoll(_entries.AsSpan(0, _count));
            for (var i = _count - 1; i > 0 && ready > 0; i--)
            {
                if (_entries[i].revents == 0)
                    continue;
                ready--;
                ServeConnection(i);
            }
            return _entries[0].revents == 0 || AcceptAll();
        }

        private bool AcceptAll()
        {
            Accepted accepted;
            while ((accepted = listener.Accept()).IsConnection)
                Append(connections.Add(accepted.Descriptor).Descriptor);
            return accepted != Accepted.Stopped;
        }

        private void ServeConnection(int index)
        {
            var connection = connections[_entries[index].fd];
            switch (connection.Proceed(_buffers))
            {
                case Interest.Read:
                    _entries[index].events = Poll.POLLIN;
                    break;
                case Interest.Write:
                    _entries[index].events = Poll.POLLOUT;
                    break;
                default:
                    _entries[index] = _entries[--_count];
                    connections.Close(connection);
                    break;
            }
        }

        private void Append(int descriptor)
        {
            if (_count == _entries.Length)
                Array.Resize(ref _entries, 2 * _count);
            _entries[_count++] = new pollfd { fd = descriptor, events = Poll.POLLIN };
        }
    }
}
