using C10k.Linux;

namespace C10k.Servers.Models.Processes;

/// <summary>
/// The processes that a server has started and that have not been reaped yet. A child that has ended stays in the kernel's table, as a
/// zombie, until its parent has taken note; and as long as it does, its id is not given to another process, so that only those known here
/// are ever waited for or killed.
/// </summary>
internal sealed class Children
{
    private readonly HashSet<int> _running = [];
    private bool _stopped;

    public Children() => Syscall.KeepEndedChildren();

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (_running)
                return _running.Count;
        }
    }

    /// <summary>Whether <see cref="KillAll"/> was called: no more are started.</summary>
    public bool Stopped
    {
        get
        {
            lock (_running)
                return _stopped;
        }
    }

    /// <summary>Starts one more; its id, or minus errno. Always to be called by the same thread, see <see cref="SpawnCommand"/>.</summary>
    public int Start(SpawnCommand command, params ReadOnlySpan<(int Ours, int Childs)> descriptors)
    {
        lock (_running)
        {
            if (_stopped)
                return -(int)Errno.ECHILD;
            var pid = command.Start(descriptors);
            if (pid > 0)
                _running.Add(pid);
            Monitor.PulseAll(_running);
            return pid;
        }
    }

    /// <summary>Waits until one of them ends, and reaps it; null when they were stopped and none is left.</summary>
    public (int Pid, ChildEnd End)? WaitForNext()
    {
        while (AnyIsExpected())
        {
            if (Syscall.EndedChild(wait: true) is { } pid && Reap(pid) is { } end)
                return (pid, end);
        }
        return null;
    }

    /// <summary>As <see cref="WaitForNext"/>, without waiting.</summary>
    public (int Pid, ChildEnd End)? TakeNext() =>
        Syscall.EndedChild(wait: false) is { } pid && Reap(pid) is { } end ? (pid, end) : null;

    /// <summary>Kills all of them, and lets no more be started.</summary>
    public void KillAll()
    {
        lock (_running)
        {
            _stopped = true;
            foreach (var pid in _running)
                Syscall.Kill(pid);
            Monitor.PulseAll(_running);
        }
    }

    // Without children there is nothing to wait for yet. False when there will be none any more.
    private bool AnyIsExpected()
    {
        lock (_running)
        {
            while (_running.Count == 0 && !_stopped)
                Monitor.Wait(_running);
            return _running.Count > 0;
        }
    }

    // Null for a process that was not started here.
    private ChildEnd? Reap(int pid)
    {
        lock (_running)
            return _running.Remove(pid) ? Syscall.Reap(pid) : null;
    }
}
