using C10k.Hosting;
using C10k.Servers.Serving;

namespace C10k.Servers.Models.Readiness;

/// <summary>
/// Non-blocking sockets and nothing to wait with: every connection is asked in turn whether it has something, nearly all answer EAGAIN,
/// and then all are asked again. It never sleeps, so that an idle server burns a CPU; and each pass costs a system call for every
/// client that is connected, be it active or not. This is what select and its successors were invented against.
/// </summary>
internal sealed class BusyPoll : IServerModel
{
    public ModelInfo Info { get; } =
        new(
            "busy-poll",
            "readiness",
            "One thread; asks every non-blocking socket in turn, over and over, without ever waiting.",
            "nobody who has readiness calls; with a few sockets and a CPU to spare, low-latency trading and DPDK",
            "Burns a CPU by design, with clients or without; a pass takes a system call for each client."
        )
        {
            UsesCpus = 1,
            BusyWaits = true,
        };

    public void Serve(ServerContext context, CancellationToken stop)
    {
        using var listener = context.Listen(nonBlocking: true, stop);
        context.Ready(listener);
        var loop = new Loop(context);
        while (loop.AcceptAll(listener))
        {
            loop.AskAll();
            loop.ServeDue();
        }
        loop.CloseAll();
    }

    private sealed class Loop(ServerContext context)
    {
        // Without gaps, so that one that is closed is replaced by the last.
        private readonly List<Connection> _connections = [];
        private readonly LoopBuffers _buffers = new();
        private readonly Timers<Connection> _timers = new();

        // False when the listener was stopped.
        public bool AcceptAll(Listener listener)
        {
            Accepted accepted;
            while ((accepted = listener.Accept()).IsConnection)
                _connections.Add(new Connection(accepted.Descriptor, context.NewConversation()));
            return accepted != Accepted.Stopped;
        }

        // From the end, so that whoever takes a closed one's place has been asked already.
        public void AskAll()
        {
            for (var i = _connections.Count - 1; i >= 0; i--)
            {
                var connection = _connections[i];
                if (connection.Interest is Interest.Read or Interest.Write)
                    BeginWaitIf(connection, connection.Proceed(_buffers));
                if (connection.Interest == Interest.Closed)
                    RemoveAt(i);
            }
        }

        public void ServeDue()
        {
            while (_timers.TryTakeDue() is { } connection)
            {
                if (connection.Interest == Interest.Timer)
                    BeginWaitIf(connection, connection.EndWait(_buffers));
                else if (connection.Lingers)
                    RemoveAt(_connections.IndexOf(connection));
            }
        }

        public void CloseAll()
        {
            foreach (var connection in _connections)
                connection.Close();
        }

        private void BeginWaitIf(Connection connection, Interest now)
        {
            if (now == Interest.Timer)
                _timers.Add(connection, connection.Delay);
            if (connection.BeginsToLinger())
                _timers.Add(connection, LingeringClose.Limit);
        }

        private void RemoveAt(int index)
        {
            _connections[index].Close();
            _connections[index] = _connections[^1];
            _connections.RemoveAt(_connections.Count - 1);
        }
    }
}
