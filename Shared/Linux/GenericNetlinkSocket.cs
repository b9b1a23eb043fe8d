using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace C10k.Linux;

/// <summary>One question with one attribute to a family of generic netlink, and its answer; see netlink(7).</summary>
internal sealed class GenericNetlinkSocket : IDisposable
{
    private static readonly int HeaderLength = Unsafe.SizeOf<nlmsghdr>() + Unsafe.SizeOf<genlmsghdr>();

    private readonly byte[] _buffer = new byte[8192];
    private readonly int _socket;

    public GenericNetlinkSocket()
    {
        var type = Netlink.SOCK_RAW | Socket.SOCK_CLOEXEC | Socket.SOCK_NONBLOCK;
        _socket = Syscall.Required("socket", Socket.socket(Netlink.AF_NETLINK, type, Netlink.NETLINK_GENERIC));
    }

    /// <summary>Asks. The kernel answers before send returns, so that a receive which would block means that no answer will come.</summary>
    /// <param name="answer">The answer's attributes; valid until the next question.</param>
    public Errno Ask(
        ushort family,
        byte command,
        ushort attribute,
        ReadOnlySpan<byte> value,
        out ReadOnlySpan<byte> answer
    )
    {
        answer = default;
        var sent = Syscall.Send(_socket, Compose(family, command, attribute, value));
        if (!sent.Moved)
            return sent.Errno;
        var received = Syscall.ReceiveNow(_socket, _buffer);
        return received.Moved ? Unpack(_buffer.AsSpan(0, received.Result), out answer) : received.Errno;
    }

    /// <summary>The payload of the first attribute of a type, or nothing.</summary>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> attributes, ushort type)
    {
        while (MemoryMarshal.TryRead<nlattr>(attributes, out var head) && IsWithin(head.nla_len, attributes))
        {
            if ((head.nla_type & Netlink.NlaTypeMask) == type)
                return attributes[Unsafe.SizeOf<nlattr>()..head.nla_len];
            attributes = attributes[Math.Min(Netlink.Align(head.nla_len), attributes.Length)..];
        }
        return default;
    }

    public void Dispose() => Syscall.Close(_socket);

    private static bool IsWithin(int length, ReadOnlySpan<byte> bytes) =>
        length >= Unsafe.SizeOf<nlattr>() && length <= bytes.Length;

    private ReadOnlySpan<byte> Compose(ushort family, byte command, ushort attribute, ReadOnlySpan<byte> value)
    {
        var length = HeaderLength + Unsafe.SizeOf<nlattr>() + Netlink.Align(value.Length);
        var message = _buffer.AsSpan(0, length);
        message.Clear();
        var header = new nlmsghdr
        {
            nlmsg_len = (uint)length,
            nlmsg_type = family,
            nlmsg_flags = Netlink.NLM_F_REQUEST,
        };
        MemoryMarshal.Write(message, header);
        MemoryMarshal.Write(message[Unsafe.SizeOf<nlmsghdr>()..], new genlmsghdr { cmd = command, version = 1 });
        var payload = (ushort)(Unsafe.SizeOf<nlattr>() + value.Length);
        MemoryMarshal.Write(message[HeaderLength..], new nlattr { nla_len = payload, nla_type = attribute });
        value.CopyTo(message[(HeaderLength + Unsafe.SizeOf<nlattr>())..]);
        return message;
    }

    private static Errno Unpack(ReadOnlySpan<byte> message, out ReadOnlySpan<byte> attributes)
    {
        attributes = default;
        var header = MemoryMarshal.Read<nlmsghdr>(message);
        var body = message[Unsafe.SizeOf<nlmsghdr>()..];
        // struct nlmsgerr begins with minus errno.
        if (header.nlmsg_type == Netlink.NLMSG_ERROR)
            return (Errno)(-MemoryMarshal.Read<int>(body));
        attributes = body[Unsafe.SizeOf<genlmsghdr>()..];
        return Errno.None;
    }
}
