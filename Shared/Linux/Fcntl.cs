using System.Runtime.InteropServices;

namespace C10k.Linux;

/// <summary>fcntl.h: see fcntl(2).</summary>
internal static partial class Fcntl
{
    public const int F_GETFD = 1;
    public const int FD_CLOEXEC = 1;
    public const int F_DUPFD_CLOEXEC = 1030;

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int fcntl(int fd, int command, int argument);
}
