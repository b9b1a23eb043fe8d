using System.Buffers.Binary;
using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace C10k.Linux;

/// <summary>
/// System calls with their errors given a meaning, in one place: EINTR is retried, would-block and lost connections are values
/// (<see cref="Transfer"/>), and whatever must not fail throws <see cref="SystemCallException"/> with the call and errno by name.
/// </summary>
/// <remarks>
/// A call that may block has to tell the collector, and a method that it is inlined into prepares for that whenever it runs, even where
/// it does not come to the call. What hot paths hold for rare cases is therefore never inlined.
/// </remarks>
public static unsafe partial class Syscall
{
    /// <summary>Receives once. The descriptor may be blocking or not; use <see cref="ReceiveNow"/> where it is known not to block.</summary>
    public static Transfer Receive(int descriptor, Span<byte> buffer)
    {
        fixed (byte* at = buffer)
        {
            while (true)
            {
                var result = Socket.recv(descriptor, at, (nuint)buffer.Length, 0);
                if (result >= 0)
                    return new Transfer((int)result);
                if (LastErrno() is var errno && errno != Errno.EINTR)
                    return new Transfer(-(int)errno);
            }
        }
    }

    /// <summary>Sends once, perhaps less than all of it. EPIPE is returned, never raised as a signal.</summary>
    public static Transfer Send(int descriptor, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* at = bytes)
        {
            while (true)
            {
                var result = Socket.send(descriptor, at, (nuint)bytes.Length, Socket.MSG_NOSIGNAL);
                if (result >= 0)
                    return new Transfer((int)result);
                if (LastErrno() is var errno && errno != Errno.EINTR)
                    return new Transfer(-(int)errno);
            }
        }
    }

    /// <summary>As <see cref="Receive"/>, for a non-blocking descriptor: cheaper, and forbidden where the call could block.</summary>
    public static Transfer ReceiveNow(int descriptor, Span<byte> buffer)
    {
        fixed (byte* at = buffer)
        {
            return TransferNow(
                Socket.syscall_transfer(Socket.SYS_recvfrom, descriptor, at, (nuint)buffer.Length, 0, null, null)
            );
        }
    }

    /// <summary>As <see cref="Send"/>, for a non-blocking descriptor: cheaper, and forbidden where the call could block.</summary>
    public static Transfer SendNow(int descriptor, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* at = bytes)
        {
            const int flags = Socket.MSG_NOSIGNAL;
            return TransferNow(
                Socket.syscall_transfer(Socket.SYS_sendto, descriptor, at, (nuint)bytes.Length, flags, null, null)
            );
        }
    }

    /// <summary>Reads once from a file, a pipe or a terminal.</summary>
    public static Transfer Read(int descriptor, Span<byte> buffer)
    {
        fixed (byte* at = buffer)
        {
            while (true)
            {
                var result = Unistd.read(descriptor, at, (nuint)buffer.Length);
                if (result >= 0)
                    return new Transfer((int)result);
                if (LastErrno() is var errno && errno != Errno.EINTR)
                    return new Transfer(-(int)errno);
            }
        }
    }

    /// <summary>Ends the process at once, without running anything more of it; see _exit(2).</summary>
    public static void ExitNow(int status) => Unistd._exit(status);

    /// <summary>Closes a descriptor. Errors are of no use here: the descriptor is gone in any case, see close(2).</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Close(int descriptor) => _ = Unistd.close(descriptor);

    /// <summary>Whether a descriptor was open when this program began: those that it opened itself are closed on exec.</summary>
    public static bool IsInherited(int descriptor) =>
        Fcntl.fcntl(descriptor, Fcntl.F_GETFD, 0) is >= 0 and var flags && (flags & Fcntl.FD_CLOEXEC) == 0;

    /// <summary>Gives a descriptor the lowest number that is free now, and closes the old one. Minus errno where there is none.</summary>
    public static int MoveToLowest(int descriptor)
    {
        var moved = Fcntl.fcntl(descriptor, Fcntl.F_DUPFD_CLOEXEC, 0);
        var result = moved >= 0 ? moved : -(int)LastErrno();
        Close(descriptor);
        return result;
    }

    /// <summary>Ends both directions, which also wakes every thread that is blocked on the descriptor.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void ShutDown(int descriptor) => _ = Socket.shutdown(descriptor, Socket.SHUT_RDWR);

    /// <summary>Ends the sending direction: the peer gets the end of the stream behind all that was sent, and may go on sending.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void EndSending(int descriptor) => _ = Socket.shutdown(descriptor, Socket.SHUT_WR);

    /// <summary>A TCP socket over IPv4, closed on exec.</summary>
    public static int OpenTcpSocket(bool nonBlocking)
    {
        var type = Socket.SOCK_STREAM | Socket.SOCK_CLOEXEC | (nonBlocking ? Socket.SOCK_NONBLOCK : 0);
        return Required("socket", Socket.socket(Socket.AF_INET, type, 0));
    }

    /// <summary>Sets an integer option, as TCP_NODELAY or SO_REUSEADDR.</summary>
    public static void SetOption(int descriptor, int level, int option, int value) =>
        Required("setsockopt", Socket.setsockopt(descriptor, level, option, &value, sizeof(int)));

    /// <summary>Turns Nagle's algorithm off. A connection that is already lost refuses, which the next transfer will tell anyway.</summary>
    public static void SetNoDelay(int descriptor)
    {
        var on = 1;
        _ = Socket.setsockopt(descriptor, Socket.IPPROTO_TCP, Socket.TCP_NODELAY, &on, sizeof(int));
    }

    /// <summary>Makes close(2) send a reset instead of the orderly end, which leaves nothing in TIME_WAIT.</summary>
    public static void SetResetOnClose(int descriptor)
    {
        var value = new linger { l_onoff = 1, l_linger = 0 };
        _ = Socket.setsockopt(descriptor, Socket.SOL_SOCKET, Socket.SO_LINGER, &value, sizeof(linger));
    }

    /// <summary>Gives the socket its own address and port; port 0 lets the kernel choose.</summary>
    public static void Bind(int descriptor, IPEndPoint endPoint)
    {
        var address = ToNative(endPoint);
        Required("bind", Socket.bind(descriptor, &address, sizeof(sockaddr_in)));
    }

    /// <summary>Starts to queue connections, at most <paramref name="backlog"/> that nobody accepted yet (net.core.somaxconn caps it).</summary>
    public static void Listen(int descriptor, int backlog) => Required("listen", Socket.listen(descriptor, backlog));

    /// <summary>Takes one connection off the queue: its descriptor, or minus errno.</summary>
    public static int Accept(int descriptor, bool nonBlocking)
    {
        var flags = Socket.SOCK_CLOEXEC | (nonBlocking ? Socket.SOCK_NONBLOCK : 0);
        while (true)
        {
            var connection = Socket.accept4(descriptor, null, null, flags);
            if (connection >= 0)
                return connection;
            if (LastErrno() is var errno && errno != Errno.EINTR)
                return -(int)errno;
        }
    }

    /// <summary>Begins to connect: <see cref="Errno.None"/> when it is done already, EINPROGRESS when it is under way, else why it failed.</summary>
    public static Errno Connect(int descriptor, IPEndPoint endPoint)
    {
        var address = ToNative(endPoint);
        return Socket.connect(descriptor, &address, sizeof(sockaddr_in)) == 0 ? Errno.None : LastErrno();
    }

    /// <summary>The error that is pending on a socket (SO_ERROR), which is how a connect that was under way tells its end.</summary>
    public static Errno PendingError(int descriptor)
    {
        int error;
        var length = sizeof(int);
        Required("getsockopt", Socket.getsockopt(descriptor, Socket.SOL_SOCKET, Socket.SO_ERROR, &error, &length));
        return (Errno)error;
    }

    /// <summary>The address and port that a socket is bound to.</summary>
    public static IPEndPoint LocalEndPoint(int descriptor)
    {
        sockaddr_in address;
        var length = sizeof(sockaddr_in);
        Required("getsockname", Socket.getsockname(descriptor, &address, &length));
        return new IPEndPoint(address.sin_addr, BinaryPrimitives.ReverseEndianness(address.sin_port));
    }

    internal static int Required(string call, int result) =>
        result >= 0 ? result : throw new SystemCallException(call, LastErrno());

    private static Transfer TransferNow(nint result) => new(result >= 0 ? (int)result : -Marshal.GetLastSystemError());

    private static Errno LastErrno() => (Errno)Marshal.GetLastPInvokeError();

    private static sockaddr_in ToNative(IPEndPoint endPoint)
    {
        Span<byte> bytes = stackalloc byte[4];
        if (!endPoint.Address.TryWriteBytes(bytes, out _))
            throw new ArgumentException($"{endPoint.Address} is no IPv4 address.", nameof(endPoint));
        return new sockaddr_in
        {
            sin_family = Socket.AF_INET,
            sin_port = BinaryPrimitives.ReverseEndianness((ushort)endPoint.Port),
            sin_addr = MemoryMarshal.Read<uint>(bytes),
        };
    }
}
