using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace C10k.Linux;

/// <summary>
/// Asks the kernel for all TCP connections that end at a local port: how many there are, how many bytes came in over them, and how much
/// kernel memory their buffers hold. Anyone may ask; the answer is about the asker's network namespace. See sock_diag(7).
/// </summary>
public sealed class SocketDiagnosis : IDisposable
{
    // TCP_ESTABLISHED and TCP_CLOSE_WAIT of net/tcp_states.h: connections that the server still has open.
    private const uint OpenStates = (1 << 1) | (1 << 8);

    // The kernel fills at most so much at a time.
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly int _socket;

    /// <exception cref="SystemCallException">This kernel has no such list.</exception>
    public SocketDiagnosis()
    {
        var type = Netlink.SOCK_RAW | Socket.SOCK_CLOEXEC | Socket.SOCK_NONBLOCK;
        _socket = Syscall.Required("socket", Socket.socket(Netlink.AF_NETLINK, type, SockDiag.NETLINK_SOCK_DIAG));
    }

    /// <summary>Adds up the connections of a port.</summary>
    /// <exception cref="SystemCallException">The kernel refuses to answer.</exception>
    public SocketTotals Read(int port)
    {
        var sent = Syscall.Send(_socket, Compose(port));
        if (!sent.Moved)
            throw new SystemCallException("sock_diag", sent.Errno);
        var totals = new SocketTotals();
        while (true)
        {
            var received = Syscall.ReceiveNow(_socket, _buffer);
            if (!received.Moved)
                throw new SystemCallException("sock_diag", received.Errno);
            if (AddAll(_buffer.AsSpan(0, received.Result), ref totals))
                return totals;
        }
    }

    /// <summary>Closes the socket.</summary>
    public void Dispose() => Syscall.Close(_socket);

    private static byte[] Compose(int port)
    {
        var message = new byte[Unsafe.SizeOf<nlmsghdr>() + Unsafe.SizeOf<inet_diag_req_v2>()];
        var header = new nlmsghdr
        {
            nlmsg_len = (uint)message.Length,
            nlmsg_type = SockDiag.SOCK_DIAG_BY_FAMILY,
            nlmsg_flags = Netlink.NLM_F_REQUEST | SockDiag.NLM_F_DUMP,
        };
        var request = new inet_diag_req_v2
        {
            sdiag_family = Socket.AF_INET,
            sdiag_protocol = Socket.IPPROTO_TCP,
            idiag_ext = (1 << (SockDiag.INET_DIAG_INFO - 1)) | (1 << (SockDiag.INET_DIAG_SKMEMINFO - 1)),
            idiag_states = OpenStates,
        };
        request.id.idiag_sport = BinaryPrimitives.ReverseEndianness((ushort)port);
        MemoryMarshal.Write(message, header);
        MemoryMarshal.Write(message.AsSpan(Unsafe.SizeOf<nlmsghdr>()), request);
        return message;
    }

    // True when the last message was among them.
    private static bool AddAll(ReadOnlySpan<byte> messages, ref SocketTotals totals)
    {
        while (MemoryMarshal.TryRead<nlmsghdr>(messages, out var header))
        {
            if (header.nlmsg_type == SockDiag.NLMSG_DONE)
                return true;
            var body = messages[Unsafe.SizeOf<nlmsghdr>()..(int)header.nlmsg_len];
            if (header.nlmsg_type == Netlink.NLMSG_ERROR)
                throw new SystemCallException("sock_diag", (Errno)(-MemoryMarshal.Read<int>(body)));
            Add(body[Unsafe.SizeOf<inet_diag_msg>()..], ref totals);
            messages = messages[Math.Min(Netlink.Align((int)header.nlmsg_len), messages.Length)..];
        }
        return false;
    }

    private static void Add(ReadOnlySpan<byte> attributes, ref SocketTotals totals)
    {
        var info = GenericNetlinkSocket.Find(attributes, SockDiag.INET_DIAG_INFO);
        var memory = MemoryMarshal.Cast<byte, uint>(
            GenericNetlinkSocket.Find(attributes, SockDiag.INET_DIAG_SKMEMINFO)
        );
        totals.Connections++;
        if (info.Length >= SockDiag.TcpiBytesReceived + sizeof(long))
            totals.BytesReceived += MemoryMarshal.Read<long>(info[SockDiag.TcpiBytesReceived..]);
        if (memory.Length > SockDiag.SK_MEMINFO_OPTMEM)
            totals.BufferBytes +=
                (long)memory[SockDiag.SK_MEMINFO_RMEM_ALLOC]
                + memory[SockDiag.SK_MEMINFO_WMEM_QUEUED]
                + memory[SockDiag.SK_MEMINFO_FWD_ALLOC]
                + memory[SockDiag.SK_MEMINFO_OPTMEM];
    }
}

/// <summary>Some connections together.</summary>
public record struct SocketTotals
{
    /// <summary>How many there are.</summary>
    public int Connections { get; set; }

    /// <summary>What came in over them since they were made.</summary>
    public long BytesReceived { get; set; }

    /// <summary>Kernel memory that their buffers hold, filled or reserved.</summary>
    public long BufferBytes { get; set; }
}
