namespace C10k.Linux;

/// <summary>linux/netlink.h, and what sys/socket.h names for it: see netlink(7).</summary>
internal static class Netlink
{
    public const int AF_NETLINK = 16;
    public const int SOCK_RAW = 3;
    public const int NETLINK_GENERIC = 16;

    public const ushort NLM_F_REQUEST = 0x01;
    public const ushort NLMSG_ERROR = 0x2;

    /// <summary>The type's upper bits are flags (nested, byte order).</summary>
    public const ushort NlaTypeMask = 0x3fff;

    /// <summary>Messages and attributes begin at multiples of four bytes (NLMSG_ALIGNTO, NLA_ALIGNTO).</summary>
    public static int Align(int length) => (length + 3) & ~3;
}

/// <summary>struct nlmsghdr.</summary>
internal struct nlmsghdr
{
    public uint nlmsg_len;
    public ushort nlmsg_type;
    public ushort nlmsg_flags;
    public uint nlmsg_seq;
    public uint nlmsg_pid;
}

/// <summary>struct nlattr: its payload follows, <see cref="nla_len"/> counts both.</summary>
internal struct nlattr
{
    public ushort nla_len;
    public ushort nla_type;
}
