using System.Runtime.InteropServices;

namespace C10k.Linux;

/// <summary>Readiness calls: select(2), poll(2), epoll(7), and the eventfd(2) that wakes a thread waiting in one of them.</summary>
public static unsafe partial class Syscall
{
    private static bool _hasEpollPwait2 = NativeLibrary.TryGetExport(
        NativeLibrary.GetMainProgramHandle(),
        nameof(Epoll.epoll_pwait2),
        out _
    );

    /// <summary>Waits until a descriptor of the sets is ready; the kernel replaces the sets by what is ready.</summary>
    /// <param name="descriptors">The highest descriptor in a set, plus one.</param>
    /// <param name="read">Bit n stands for descriptor n.</param>
    /// <param name="write">Bit n stands for descriptor n.</param>
    /// <param name="limit">How long to wait at most; null is for ever.</param>
    /// <returns>How many bits are set; 0 after the limit or an interruption by a signal, and then the sets mean nothing.</returns>
    public static int WaitSelect(int descriptors, Span<ulong> read, Span<ulong> write, TimeSpan? limit = null)
    {
        timespec time;
        fixed (ulong* readSet = read)
        fixed (ulong* writeSet = write)
            return Interruptible(
                "pselect",
                Select.pselect(descriptors, readSet, writeSet, null, ToPointer(limit, &time), null)
            );
    }

    /// <summary>Waits until an entry is ready and tells how many are; 0 after the limit (null is for ever) or an interruption by a signal.</summary>
    public static int WaitPoll(Span<pollfd> entries, TimeSpan? limit = null)
    {
        timespec time;
        fixed (pollfd* at = entries)
            return Interruptible("ppoll", Poll.ppoll(at, (nuint)entries.Length, ToPointer(limit, &time), null));
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

    /// <summary>Waits for events and tells how many came; 0 after the limit (null is for ever) or an interruption by a signal.</summary>
    public static int WaitEpoll(int epoll, EpollEvents events, TimeSpan? limit = null)
    {
        // Whole milliseconds are all that epoll_wait knows, and epoll_pwait2 came with Linux 5.11 and glibc 2.35.
        if (limit is { } wait && wait.Ticks % TimeSpan.TicksPerMillisecond != 0 && _hasEpollPwait2)
        {
            timespec time;
            var result = Epoll.epoll_pwait2(epoll, events.Address, events.Capacity, ToPointer(limit, &time), null);
            if (result >= 0 || LastErrno() != Errno.ENOSYS)
                return Interruptible("epoll_pwait2", result);
            _hasEpollPwait2 = false;
        }
        var milliseconds = limit is null ? -1 : (int)Math.Ceiling(limit.Value.TotalMilliseconds);
        return Interruptible("epoll_wait", Epoll.epoll_wait(epoll, events.Address, events.Capacity, milliseconds));
    }

    /// <summary>A counter that makes a descriptor readable, closed on exec.</summary>
    /// <param name="nonBlocking">Whether <see cref="Reset"/> returns at once where there was no signal; else it waits for one.</param>
    public static int CreateEventCounter(bool nonBlocking = true) =>
        Required("eventfd", Unistd.eventfd(0, (nonBlocking ? Unistd.EFD_NONBLOCK : 0) | Unistd.EFD_CLOEXEC));

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

    // Null stays null: the kernel then waits for ever.
    private static timespec* ToPointer(TimeSpan? limit, timespec* time)
    {
        if (limit is not { } wait)
            return null;
        time->tv_sec = wait.Ticks / TimeSpan.TicksPerSecond;
        time->tv_nsec = wait.Ticks % TimeSpan.TicksPerSecond * 100;
        return time;
    }

    private static int Interruptible(string call, int result)
    {
        if (result >= 0)
            return result;
        return LastErrno() is var errno && errno == Errno.EINTR ? 0 : throw new SystemCallException(call, errno);
    }
}
