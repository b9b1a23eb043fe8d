using C10k.Hosting;
using C10k.Servers.Serving;

namespace C10k.Servers.Models.Readiness;

/// <summary>
/// The reactor: one thread that waits until some descriptors are ready, and does for each of them what can be done without waiting.
/// The same for every poller.
/// </summary>
internal sealed class ReadinessLoop(IPoller poller, IConnectionSource listener, ServerContext context)
{
    private readonly ConnectionTable _connections = new(context);
    private readonly LoopBuffers _buffers = new();
    private readonly Timers<Connection> _timers = new();

    /// <summary>Serves until the listener is stopped, then closes what is left.</summary>
    public void Run()
    {
        poller.WatchListener(listener.Descriptor);
        while (ServeReady())
            ServeDue();
        _connections.CloseAll();
    }

    // False when the listener was stopped.
    private bool ServeReady()
    {
        var told = poller.Wait(_timers.UntilNext());
        for (var i = 0; i < told.Length; i++)
        {
            if (i + 1 < told.Length)
                _connections.FetchAhead(told[i + 1].Descriptor);
            var ready = told[i];
            if (ready.Descriptor != listener.Descriptor)
                Serve(_connections[ready.Descriptor], ready.HasEnded);
            else if (!AcceptAll())
                return false;
        }
        return true;
    }

    private void ServeDue()
    {
        while (_timers.TryTakeDue() is { } connection)
        {
            if (connection.Interest == Interest.Timer)
                After(connection, Interest.Timer, connection.EndWait(_buffers));
            else if (connection.Lingers)
                Close(connection);
        }
    }

    private bool AcceptAll()
    {
        Accepted accepted;
        while ((accepted = listener.Accept()).IsConnection)
        {
            _connections.Add(accepted.Descriptor);
            poller.Watch(accepted.Descriptor);
        }
        return accepted != Accepted.Stopped;
    }

    private void Serve(Connection connection, bool hasEnded)
    {
        if (hasEnded)
            connection.ExpectEnd();
        var before = connection.Interest;
        if (before != Interest.Timer)
            After(connection, before, connection.Proceed(_buffers));
        else if (!poller.IsEdgeTriggered)
            Close(connection); // Nothing is watched for while a timer runs, so that the news can only be that the connection is lost.
    }

    private void After(Connection connection, Interest before, Interest now)
    {
        // Edge-triggered: go on until the kernel has no more, or the next event never comes.
        while (poller.IsEdgeTriggered && connection.CanGoOn && now is (Interest.Read or Interest.Write))
            now = connection.Proceed(_buffers);
        // One wait may follow another: that is no change to the poller, but a timer more.
        if (now == Interest.Timer)
            _timers.Add(connection, connection.Delay);
        else if (connection.BeginsToLinger())
            _timers.Add(connection, LingeringClose.Limit);
        if (now == Interest.Closed)
            Close(connection);
        else if (now != before)
            poller.Change(connection.Descriptor, now);
    }

    private void Close(Connection connection)
    {
        poller.Forget(connection.Descriptor);
        _connections.Close(connection);
    }
}
