namespace C10k.Linux;

/// <summary>Readiness calls: select(2), poll(2), epoll(7), and the eventfd(2) that wakes a thread waiting in one of them.</summary>
public static unsafe partial class Syscall
{
    /// <summary>Waits until a descriptor of the sets is ready; the kernel replaces the sets by what is ready.</summary>
    /// <param name="descriptors">The highest descriptor in a set, plus one.</param>
    /// <param name="read">Bit n stands for descriptor n.</param>
    /// <param name="write">Bit n stands for descriptor n.</param>
    /// <returns>How many bits are set; 0 after an interruption by a signal, with sets that mean nothing.</returns>
    public static int WaitSelect(int descriptors, Span<ulong> read, Span<ulong> write)
    {
        fixed (ulong* readSet = read)
        fixed (ulong* writeSet = write)
            return Interruptible("select", Select.select(descriptors, readSet, writeSet, null, null));
    }

    /// <summary>Waits until an entry is ready and tells how many are; 0 after an interruption by a signal.</summary>
    public static int WaitPoll(Span<pollfd> entries, int timeoutMs = -1)
    {
        fixed (pollfd* at = entries)
            return Interruptible("poll", Poll.poll(at, (nuint)entries.Length, timeoutMs));
    }

    /// <summary>A new epoll instance, closed on exec.</summary>
    public static int CreateEpoll() => Required("epoll_create1", Epoll.epoll_create1(Epoll.EPOLL_CLOEXEC));

    /// <summary>Adds, changes or removes a descriptor; its number comes back as the event's data.</summary>
    public static void ControlEpoll(int epoll, int operation, int descriptor, uint mask) =>
        ControlEpoll(epoll, operation, descriptor, mask, descriptor);

    /// <summary>Adds, changes or removes a descriptor; <paramref name="data"/> comes back with its events.</summary>
    public static void ControlEpoll(int epoll, int operation, int descriptor, uint mask, int data)
    {
        var ev = stackalloc byte[16];
        EpollEvents.Write(ev, mask, data);
        Required("epoll_ctl", Epoll.epoll_ctl(epoll, operation, descriptor, ev));
    }

    /// <summary>Waits for events and tells how many came; 0 after the timeout (-1: none) or an interruption by a signal.</summary>
    public static int WaitEpoll(int epoll, EpollEvents events, int timeoutMs = -1) =>
        Interruptible("epoll_wait", Epoll.epoll_wait(epoll, events.Address, events.Capacity, timeoutMs));

    /// <summary>A counter that makes a descriptor readable, non-blocking and closed on exec.</summary>
    public static int CreateEventCounter() =>
        Required("eventfd", Unistd.eventfd(0, Unistd.EFD_NONBLOCK | Unistd.EFD_CLOEXEC));

    /// <summary>Makes an event counter readable.</summary>
    public static void Signal(int eventCounter)
    {
        var one = 1ul;
        _ = Unistd.write(eventCounter, (byte*)&one, sizeof(ulong));
    }

    /// <summary>Makes an event counter unreadable again, until the next signal.</summary>
    public static void Reset(int eventCounter)
    {
        ulong count;
        _ = Unistd.read(eventCounter, (byte*)&count, sizeof(ulong));
    }

    private static int Interruptible(string call, int result)
    {
        if (result >= 0)
            return result;
        return LastErrno() is var errno && errno == Errno.EINTR ? 0 : throw new SystemCallException(call, errno);
    }
}
