using System.Runtime.InteropServices;

namespace C10k.Linux;

/// <summary>sys/epoll.h: see epoll(7), epoll_create1(2), epoll_ctl(2), epoll_wait(2).</summary>
public static unsafe partial class Epoll
{
    public const int EPOLL_CLOEXEC = 0x80000;

    public const int EPOLL_CTL_ADD = 1;
    public const int EPOLL_CTL_DEL = 2;
    public const int EPOLL_CTL_MOD = 3;

    public const uint EPOLLIN = 0x001;
    public const uint EPOLLOUT = 0x004;
    public const uint EPOLLERR = 0x008;
    public const uint EPOLLHUP = 0x010;
    public const uint EPOLLRDHUP = 0x2000;
    public const uint EPOLLEXCLUSIVE = 1u << 28;
    public const uint EPOLLET = 1u << 31;

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int epoll_create1(int flags);

    /// <param name="ev">A struct epoll_event; its layout is told by <see cref="EpollEvents"/>.</param>
    [LibraryImport("libc", SetLastError = true)]
    [SuppressGCTransition]
    internal static partial int epoll_ctl(int epfd, int op, int fd, byte* ev);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int epoll_wait(int epfd, byte* events, int maxevents, int timeout);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int epoll_pwait2(int epfd, byte* events, int maxevents, timespec* timeout, void* sigmask);
}
