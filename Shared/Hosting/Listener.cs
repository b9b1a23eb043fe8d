using System.Net;
using C10k.Linux;

namespace C10k.Hosting;

/// <summary>
/// A listening TCP socket with the options that all models share: SO_REUSEADDR, the backlog, and TCP_NODELAY on what it accepts.
/// </summary>
public sealed class Listener : IDisposable
{
    private readonly bool _nonBlocking;

    // Kept for the moment when the process has no descriptor left, see TurnAway.
    private int _spare = Syscall.CreateEventCounter();

    private Listener(int descriptor, bool nonBlocking)
    {
        Descriptor = descriptor;
        EndPoint = Syscall.LocalEndPoint(descriptor);
        _nonBlocking = nonBlocking;
    }

    /// <summary>The listening descriptor.</summary>
    public int Descriptor { get; }

    /// <summary>The address and port it listens on; the port is the real one when 0 was asked for.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Opens, binds and listens.</summary>
    /// <param name="nonBlocking">Whether accepting, and the connections accepted, are non-blocking.</param>
    /// <exception cref="SystemCallException">The port is in use, or the address is not ours.</exception>
    public static Listener Open(IPEndPoint endPoint, int backlog, bool nonBlocking)
    {
        var descriptor = Syscall.OpenTcpSocket(nonBlocking);
        try
        {
            Syscall.SetOption(descriptor, Socket.SOL_SOCKET, Socket.SO_REUSEADDR, 1);
            Syscall.Bind(descriptor, endPoint);
            Syscall.Listen(descriptor, backlog);
            return new Listener(descriptor, nonBlocking);
        }
        catch
        {
            Syscall.Close(descriptor);
            throw;
        }
    }

    /// <summary>Takes the next connection; a blocking listener waits for one.</summary>
    public Accepted Accept()
    {
        while (true)
        {
            var connection = Syscall.Accept(Descriptor, _nonBlocking);
            if (connection >= 0)
            {
                Syscall.SetNoDelay(connection);
                return new Accepted(connection);
            }
            switch ((Errno)(-connection))
            {
                case Errno.EAGAIN or Errno.ENOMEM or Errno.ENOBUFS:
                    return Accepted.Nobody;
                case Errno.EINVAL or Errno.EBADF:
                    return Accepted.Stopped;
                case Errno.EMFILE or Errno.ENFILE:
                    TurnAway();
                    break;
                default:
                    break; // The connection was lost while it stood in the queue, see accept(2): on to the next.
            }
        }
    }

    /// <summary>Stops listening. Whoever waits for this socket wakes up, in whatever way he waits, and is told so by <see cref="Accept"/>.</summary>
    public void Stop() => Syscall.ShutDown(Descriptor);

    /// <summary>Closes the socket.</summary>
    public void Dispose()
    {
        Syscall.Close(Descriptor);
        Syscall.Close(_spare);
    }

    // Without a descriptor the connection could not be taken off the queue, and a loop would be told about it for ever. The spare one
    // makes room to take it and close it, so that the client knows.
    private void TurnAway()
    {
        Syscall.Close(_spare);
        var connection = Syscall.Accept(Descriptor, nonBlocking: true);
        if (connection >= 0)
            Syscall.Close(connection);
        _spare = Syscall.CreateEventCounter();
    }
}

/// <summary>What <see cref="Listener.Accept"/> found.</summary>
/// <param name="Descriptor">The new connection, or a negative number where there is none.</param>
public readonly record struct Accepted(int Descriptor)
{
    /// <summary>Nobody is in the queue (non-blocking listeners only).</summary>
    public static readonly Accepted Nobody = new(-1);

    /// <summary>The listener was stopped.</summary>
    public static readonly Accepted Stopped = new(-2);

    /// <summary>Whether there is a new connection.</summary>
    public bool IsConnection => Descriptor >= 0;
}
