using C10k.Linux;

namespace C10k.Servers.Serving;

/// <summary>
/// The descriptors that threads are blocked on, or other code of the runtime waits for, so that a stop can wake them all. A descriptor leaves the set before it is closed:
/// otherwise the stop could hit a newer connection with the same number.
/// </summary>
internal sealed class LiveConnections
{
    private readonly HashSet<int> _descriptors = [];
    private bool _stopped;

    /// <summary>Adds a connection; after the stop it is shut down at once instead.</summary>
    public void Add(int descriptor)
    {
        lock (_descriptors)
        {
            _descriptors.Add(descriptor);
            if (_stopped)
                Syscall.ShutDown(descriptor);
        }
    }

    /// <summary>Takes a connection out and closes it.</summary>
    public void Close(int descriptor)
    {
        Remove(descriptor);
        Syscall.Close(descriptor);
    }

    /// <summary>Takes a connection out, for whoever closes it in a way of his own.</summary>
    public void Remove(int descriptor)
    {
        lock (_descriptors)
        {
            _descriptors.Remove(descriptor);
            Monitor.PulseAll(_descriptors);
        }
    }

    /// <summary>Shuts every connection down, which ends the calls that wait on them.</summary>
    public void ShutDownAll()
    {
        lock (_descriptors)
        {
            _stopped = true;
            foreach (var descriptor in _descriptors)
                Syscall.ShutDown(descriptor);
        }
    }

    /// <summary>Waits until the last connection was closed.</summary>
    public void WaitUntilNoneIsLeft()
    {
        lock (_descriptors)
        {
            while (_descriptors.Count > 0)
                Monitor.Wait(_descriptors);
        }
    }
}
