using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using C10k.Hosting;
using C10k.Linux;
using C10k.Servers.Serving;

namespace C10k.Servers.Models.Libraries;

/// <summary>What is done when libevent calls back.</summary>
internal sealed unsafe class LibeventLoop : IDisposable
{
    // FD_SETSIZE, see select(2): libevent ends the process at a descriptor that its set of bits has no place for.
    private const int SelectLimit = 1024;

    private readonly EventBase _base;
    private readonly Listener _listener;
    private readonly ConnectionTable _connections;
    private readonly LoopBuffers _buffers = new();
    private readonly bool _isSelect;
    private readonly GCHandle _self;

    // By descriptor, as the connections.
    private nint[] _events = new nint[1024];
    private ExceptionDispatchInfo? _failure;
    private bool _toldOfLimit;

    public LibeventLoop(EventBase eventBase, Listener listener, ServerContext context, bool isSelect)
    {
        (_base, _listener, _isSelect) = (eventBase, listener, isSelect);
        _connections = new ConnectionTable(context);
        _self = GCHandle.Alloc(this);
    }

    /// <summary>Serves until the listener is stopped, then closes what is left.</summary>
    public void Run()
    {
        Wait(_listener.Descriptor, Libevent.EV_READ | Libevent.EV_PERSIST);
        _base.Dispatch();
        _connections.CloseAll();
        _failure?.Throw();
    }

    public void Dispose()
    {
        foreach (var watched in _events.Where(watched => watched != 0))
            Libevent.event_free(watched);
        _self.Free();
    }

    // An exception must not pass through the library's frames: it is kept, and thrown when the loop has ended.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnEvent(int descriptor, short what, nint argument)
    {
        var loop = (LibeventLoop)GCHandle.FromIntPtr(argument).Target!;
        try
        {
            loop.Serve(descriptor, what);
        }
        catch (Exception failure)
        {
            loop._failure = ExceptionDispatchInfo.Capture(failure);
            loop._base.Break();
        }
    }

    private void Serve(int descriptor, short what)
    {
        if (descriptor == _listener.Descriptor)
            AcceptAll();
        else
            Serve(_connections[descriptor], (what & Libevent.EV_TIMEOUT) != 0);
    }

    private void AcceptAll()
    {
        Accepted accepted;
        while ((accepted = _listener.Accept()).IsConnection)
        {
            if (_isSelect && accepted.Descriptor >= SelectLimit)
            {
                TurnAway(accepted.Descriptor);
                continue;
            }
            _connections.Add(accepted.Descriptor);
            Wait(accepted.Descriptor, Libevent.EV_READ | Libevent.EV_PERSIST);
        }
        if (accepted == Accepted.Stopped)
            _base.Break();
    }

    private void Serve(Connection connection, bool timeIsOver)
    {
        var before = connection.Interest;
        Follow(connection, before, Proceed(connection, timeIsOver));
    }

    private Interest Proceed(Connection connection, bool timeIsOver)
    {
        if (!timeIsOver)
            return connection.Proceed(_buffers);
        return connection.Interest == Interest.Timer ? connection.EndWait(_buffers) : Interest.Closed;
    }

    private void Follow(Connection connection, Interest before, Interest now)
    {
        if (now == Interest.Closed)
            Close(connection);
        else if (now == Interest.Timer)
            Wait(connection.Descriptor, 0, connection.Delay);
        else if (connection.BeginsToLinger())
            Wait(connection.Descriptor, Libevent.EV_READ | Libevent.EV_PERSIST, LingeringClose.Limit);
        else if (now != before)
            Wait(connection.Descriptor, (short)(WhatFor(now) | Libevent.EV_PERSIST));
    }

    private static short WhatFor(Interest interest) =>
        interest == Interest.Write ? Libevent.EV_WRITE : Libevent.EV_READ;

    private void Wait(int descriptor, short what, TimeSpan? timeout = null)
    {
        DescriptorTable.MakeRoom(ref _events, descriptor);
        ref var watched = ref _events[descriptor];
        var argument = GCHandle.ToIntPtr(_self);
        if (watched == 0)
            watched = _base.NewEvent(descriptor, &OnEvent, argument);
        _base.Wait(watched, descriptor, what, timeout, &OnEvent, argument);
    }

    private void Close(Connection connection)
    {
        ref var watched = ref _events[connection.Descriptor];
        Libevent.event_free(watched);
        watched = 0;
        _connections.Close(connection);
    }

    // Said once: thousands may follow.
    private void TurnAway(int descriptor)
    {
        Syscall.Close(descriptor);
        if (_toldOfLimit)
            return;
        _toldOfLimit = true;
        Console.Error.WriteLine(
            $"libevent's select cannot hold descriptor {descriptor} (FD_SETSIZE is {SelectLimit}): clients are turned away; use backend=epoll or poll"
        );
    }
}
