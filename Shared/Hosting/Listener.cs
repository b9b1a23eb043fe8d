using System.Net;
using C10k.Linux;

namespace C10k.Hosting;

/// <summary>
/// A listening TCP socket with the options that all models share: SO_REUSEADDR, the backlog, and TCP_NODELAY on what it accepts.
/// </summary>
public sealed class Listener : IDisposable
{
    // The runtime needs descriptors at any time, to start a thread or to load an assembly, and dies where it gets none.
    private const int ReservedDescriptors = 16;

    // For errors that only others can mend, by closing something: the pause keeps the wait for it from burning a CPU.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly bool _nonBlocking;
    private readonly long _descriptorLimit = Syscall.DescriptorLimit().Soft;
    private bool _toldOfLimit;

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
    public static Listener Open(IPEndPoint endPoint, int backlog, bool nonBlocking) =>
        Open(endPoint, backlog, nonBlocking, sharesPort: false);

    /// <summary>
    /// Opens several that listen on the same port, each with a queue of its own (SO_REUSEPORT, see socket(7)): the kernel gives each
    /// connection to one of them, by a hash of its addresses and ports, whether anybody accepts there or not.
    /// </summary>
    /// <param name="count">How many.</param>
    /// <param name="endPoint">Address and port; port 0 lets the kernel choose one for all.</param>
    /// <param name="backlog">How many connections may wait in each queue.</param>
    /// <param name="nonBlocking">Whether accepting, and the connections accepted, are non-blocking.</param>
    /// <exception cref="SystemCallException">The port is in use, or the address is not ours.</exception>
    public static IReadOnlyList<Listener> OpenOnOnePort(int count, IPEndPoint endPoint, int backlog, bool nonBlocking)
    {
        // A port shared in this way is shared with every process of the same user that asks for it too: a plain bind tells that it is free.
        Syscall.Close(Bind(endPoint, nonBlocking, sharesPort: false));
        var listeners = new List<Listener> { Open(endPoint, backlog, nonBlocking, sharesPort: true) };
        while (listeners.Count < count)
            listeners.Add(Open(listeners[0].EndPoint, backlog, nonBlocking, sharesPort: true));
        return listeners;
    }

    /// <summary>A socket that another process opened, binds and listens with, and that this one inherited.</summary>
    /// <param name="descriptor">Its number here.</param>
    /// <param name="nonBlocking">Whether it is non-blocking, as it was opened.</param>
    public static Listener Inherit(int descriptor, bool nonBlocking) => new(descriptor, nonBlocking);

    /// <summary>Takes the next connection; a blocking listener waits for one.</summary>
    public Accepted Accept()
    {
        while (true)
        {
            var connection = Syscall.Accept(Descriptor, _nonBlocking);
            if (connection < 0)
            {
                if (WithoutConnection((Errno)(-connection)) is { } result)
                    return result;
            }
            else if (Admit(connection) is >= 0 and var admitted)
            {
                Syscall.SetNoDelay(admitted);
                return new Accepted(admitted);
            }
        }
    }

    /// <summary>
    /// Whether a connection may be served; for whoever accepts in a way of his own. One that took a descriptor out of the last few of the
    /// process is to be closed: then its client knows, and the runtime keeps what it needs. The kernel hands out the lowest free number,
    /// so that a high number says how few are left.
    /// </summary>
    public bool HasRoomFor(int connection)
    {
        var hasRoom = connection < _descriptorLimit - ReservedDescriptors;
        if (!hasRoom)
            TellOfLimit();
        return hasRoom;
    }

    /// <summary>Stops listening. Whoever waits for this socket wakes up, in whatever way he waits, and is told so by <see cref="Accept"/>.</summary>
    public void Stop() => Syscall.ShutDown(Descriptor);

    /// <summary>Closes the socket.</summary>
    public void Dispose() => Syscall.Close(Descriptor);

    private static Listener Open(IPEndPoint endPoint, int backlog, bool nonBlocking, bool sharesPort)
    {
        var descriptor = Bind(endPoint, nonBlocking, sharesPort);
        try
        {
            Syscall.Listen(descriptor, backlog);
            return new Listener(descriptor, nonBlocking);
        }
        catch
        {
            Syscall.Close(descriptor);
            throw;
        }
    }

    private static int Bind(IPEndPoint endPoint, bool nonBlocking, bool sharesPort)
    {
        var descriptor = Syscall.OpenTcpSocket(nonBlocking);
        try
        {
            Syscall.SetOption(descriptor, Socket.SOL_SOCKET, Socket.SO_REUSEADDR, 1);
            if (sharesPort)
                Syscall.SetOption(descriptor, Socket.SOL_SOCKET, Socket.SO_REUSEPORT, 1);
            Syscall.Bind(descriptor, endPoint);
            return descriptor;
        }
        catch
        {
            Syscall.Close(descriptor);
            throw;
        }
    }

    // Negative when the connection was turned away.
    private int Admit(int connection)
    {
        // A blocking accept has its number from the moment when it began to wait; by now there may be a lower one.
        if (connection >= _descriptorLimit - ReservedDescriptors)
            connection = Syscall.MoveToLowest(connection);
        if (connection < 0 || HasRoomFor(connection))
            return connection;
        Syscall.Close(connection);
        return -1;
    }

    // Null where another attempt is due.
    private Accepted? WithoutConnection(Errno errno)
    {
        switch (errno)
        {
            case Errno.EAGAIN:
                return Accepted.Nobody;
            case Errno.EINVAL or Errno.EBADF:
                return Accepted.Stopped;
            case Errno.EMFILE or Errno.ENFILE or Errno.ENOMEM or Errno.ENOBUFS:
                Thread.Sleep(Pause);
                return _nonBlocking ? Accepted.Nobody : null;
            default:
                return null; // The connection was lost while it stood in the queue, see accept(2): on to the next.
        }
    }

    // Said once: a server that is full turns clients away by the thousand.
    private void TellOfLimit()
    {
        if (Interlocked.Exchange(ref _toldOfLimit, true))
            return;
        Console.Error.WriteLine(
            $"out of descriptors (limit {_descriptorLimit}): clients are turned away; raise the limit with ulimit -n"
        );
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
