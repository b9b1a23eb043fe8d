using System.Runtime.InteropServices;

namespace C10k.Linux;

/// <summary>sys/socket.h, netinet/in.h, netinet/tcp.h: see socket(2), ip(7), tcp(7).</summary>
public static unsafe partial class Socket
{
    public const int AF_UNIX = 1;
    public const int AF_INET = 2;

    public const int SOCK_STREAM = 1;
    public const int SOCK_NONBLOCK = 0x800;
    public const int SOCK_CLOEXEC = 0x80000;

    public const int SOL_SOCKET = 1;
    public const int SO_REUSEADDR = 2;
    public const int SO_ERROR = 4;
    public const int SO_RCVBUF = 8;
    public const int SO_LINGER = 13;
    public const int SO_REUSEPORT = 15;

    public const int IPPROTO_IP = 0;
    public const int IP_BIND_ADDRESS_NO_PORT = 24;

    public const int IPPROTO_TCP = 6;
    public const int TCP_NODELAY = 1;

    public const int MSG_WAITALL = 0x100;
    public const int MSG_NOSIGNAL = 0x4000;

    public const int SHUT_WR = 1;
    public const int SHUT_RDWR = 2;

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int socket(int domain, int type, int protocol);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int socketpair(int domain, int type, int protocol, int* pair);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int bind(int fd, sockaddr_in* address, int length);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int listen(int fd, int backlog);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int accept4(int fd, sockaddr_in* address, int* length, int flags);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int connect(int fd, sockaddr_in* address, int length);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int getsockname(int fd, sockaddr_in* address, int* length);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int setsockopt(int fd, int level, int option, void* value, int length);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int getsockopt(int fd, int level, int option, void* value, int* length);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int shutdown(int fd, int how);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint recv(int fd, byte* buffer, nuint length, int flags);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint send(int fd, byte* buffer, nuint length, int flags);

    /// <summary>
    /// recvfrom(2) and sendto(2) as bare system calls, for descriptors known to be non-blocking. In a process with threads libc's own
    /// functions pay for being cancellation points; and a call that cannot block may leave the collector's mode alone, so that errno
    /// stays untouched until it is read.
    /// </summary>
    [LibraryImport("libc", EntryPoint = "syscall")]
    [SuppressGCTransition]
    internal static partial nint syscall_transfer(
        nint number,
        nint fd,
        byte* buffer,
        nuint length,
        nint flags,
        void* address,
        void* addressLength
    );

    internal static readonly nint SYS_sendto = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 44 : 206;
    internal static readonly nint SYS_recvfrom = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 45 : 207;
}

/// <summary>struct sockaddr_in: port and address in network byte order.</summary>
internal unsafe struct sockaddr_in
{
    public ushort sin_family;
    public ushort sin_port;
    public uint sin_addr;
    public fixed byte sin_zero[8];
}

/// <summary>struct linger.</summary>
internal struct linger
{
    public int l_onoff;
    public int l_linger;
}
