using System.Runtime.InteropServices;

namespace C10k.Linux;

/// <summary>poll.h: see poll(2).</summary>
public static unsafe partial class Poll
{
    public const short POLLIN = 0x001;
    public const short POLLOUT = 0x004;
    public const short POLLERR = 0x008;
    public const short POLLHUP = 0x010;
    public const short POLLNVAL = 0x020;

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int ppoll(pollfd* fds, nuint nfds, timespec* timeout, void* sigmask);
}

/// <summary>struct pollfd.</summary>
public struct pollfd
{
    public int fd;
    public short events;
    public short revents;
}
