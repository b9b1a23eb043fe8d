using System.Net;
using C10k.Contract;
using C10k.Linux;

namespace C10k.LoadGen.Calibration;

/// <summary>
/// The least that can answer an echo client: it sends back what comes, on threads that share nothing, and does nothing else. A reply
/// that the kernel does not take at once is not finished, so it is good for short messages only.
/// </summary>
internal sealed class NullResponder : IDisposable
{
    private const int EventsPerWait = 512;

    private readonly int[] _listeners;
    private readonly Thread[] _threads;
    private readonly int _stop = Syscall.CreateEventCounter();

    /// <param name="threads">How many threads; the kernel deals the connections out to them.</param>
    public NullResponder(int threads)
    {
        _listeners = new int[threads];
        for (var i = 0; i < threads; i++)
            _listeners[i] = Listen(EndPoint);
        _threads = [.. _listeners.Select(listener => new Thread(() => Serve(listener)) { IsBackground = true })];
        foreach (var thread in _threads)
            thread.Start();
    }

    public IPEndPoint EndPoint =>
        _listeners[0] == 0 ? new IPEndPoint(IPAddress.Loopback, 0) : Syscall.LocalEndPoint(_listeners[0]);

    public void Dispose()
    {
        Syscall.Signal(_stop);
        foreach (var thread in _threads)
            thread.Join();
        foreach (var listener in _listeners)
            Syscall.Close(listener);
        Syscall.Close(_stop);
    }

    private static int Listen(IPEndPoint endPoint)
    {
        var listener = Syscall.OpenTcpSocket(nonBlocking: true);
        Syscall.SetOption(listener, Socket.SOL_SOCKET, Socket.SO_REUSEPORT, 1);
        Syscall.Bind(listener, endPoint);
        Syscall.Listen(listener, Bounds.Backlog);
        return listener;
    }

    private void Serve(int listener)
    {
        var epoll = Syscall.CreateEpoll();
        using var events = new EpollEvents(EventsPerWait);
        var buffer = GC.AllocateUninitializedArray<byte>(64 * 1024, pinned: true);
        var connections = new HashSet<int>();
        Syscall.ControlEpoll(epoll, Epoll.EPOLL_CTL_ADD, listener, Epoll.EPOLLIN);
        Syscall.ControlEpoll(epoll, Epoll.EPOLL_CTL_ADD, _stop, Epoll.EPOLLIN);
        for (var stopped = false; !stopped; )
        {
            var count = Syscall.WaitEpoll(epoll, events);
            for (var i = 0; i < count; i++)
            {
                var descriptor = events.Data(i);
                if (descriptor == listener)
                    AcceptAll(listener, epoll, connections);
                else if (descriptor == _stop)
                    stopped = true;
                else if (!Answer(descriptor, buffer) && connections.Remove(descriptor))
                    Syscall.Close(descriptor);
            }
        }
        foreach (var descriptor in connections)
            Syscall.Close(descriptor);
        Syscall.Close(epoll);
    }

    private static void AcceptAll(int listener, int epoll, HashSet<int> connections)
    {
        while (Syscall.Accept(listener, nonBlocking: true) is >= 0 and var descriptor)
        {
            Syscall.SetNoDelay(descriptor);
            Syscall.ControlEpoll(epoll, Epoll.EPOLL_CTL_ADD, descriptor, Epoll.EPOLLIN);
            connections.Add(descriptor);
        }
    }

    private static bool Answer(int descriptor, byte[] buffer)
    {
        var received = Syscall.ReceiveNow(descriptor, buffer);
        if (!received.Moved)
            return received.WouldBlock;
        var message = buffer.AsSpan(0, received.Result);
        return Syscall.SendNow(descriptor, message).Result == message.Length;
    }
}
