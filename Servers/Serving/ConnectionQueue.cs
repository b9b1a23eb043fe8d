using System.Collections.Concurrent;
using C10k.Hosting;
using C10k.Linux;

namespace C10k.Servers.Serving;

/// <summary>Hands connections from the thread that accepts them to the event loop that serves them, and wakes that loop.</summary>
internal sealed class ConnectionQueue : IConnectionSource, IDisposable
{
    private readonly ConcurrentQueue<int> _connections = new();
    private volatile bool _stopped;

    public int Descriptor { get; } = Syscall.CreateEventCounter();

    /// <summary>Hands over a connection.</summary>
    public void Add(int connection)
    {
        _connections.Enqueue(connection);
        Syscall.Signal(Descriptor);
    }

    /// <summary>Tells the loop to stop, once it has taken what was handed over before.</summary>
    public void Stop()
    {
        _stopped = true;
        Syscall.Signal(Descriptor);
    }

    public Accepted Accept()
    {
        // In this order: whatever happens after the looks is signalled after the reset, and nothing is handed over after the stop.
        if (_connections.IsEmpty)
            Syscall.Reset(Descriptor);
        var stopped = _stopped;
        if (_connections.TryDequeue(out var connection))
            return new Accepted(connection);
        return stopped ? Accepted.Stopped : Accepted.Nobody;
    }

    public void Dispose() => Syscall.Close(Descriptor);
}
