using System.Runtime.InteropServices;

namespace C10k.Linux;

/// <summary>
/// sys/select.h: see select(2). The kernel reads as many bits as <c>nfds</c> says; the limit of 1,024 descriptors (FD_SETSIZE)
/// is a size chosen by the C library's fd_set type, which is why the sets are plain words of memory here.
/// </summary>
public static unsafe partial class Select
{
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int pselect(
        int nfds,
        ulong* readfds,
        ulong* writefds,
        ulong* exceptfds,
        timespec* timeout,
        void* sigmask
    );
}
