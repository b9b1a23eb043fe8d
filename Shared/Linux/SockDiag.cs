namespace C10k.Linux;

/// <summary>linux/sock_diag.h and linux/inet_diag.h: the kernel's list of sockets, see sock_diag(7).</summary>
internal static class SockDiag
{
    public const int NETLINK_SOCK_DIAG = 4;
    public const ushort SOCK_DIAG_BY_FAMILY = 20;
    public const ushort NLM_F_DUMP = 0x300;
    public const ushort NLMSG_DONE = 0x3;

    public const int INET_DIAG_INFO = 2;
    public const int INET_DIAG_SKMEMINFO = 7;

    public const int SK_MEMINFO_RMEM_ALLOC = 0;
    public const int SK_MEMINFO_FWD_ALLOC = 4;
    public const int SK_MEMINFO_WMEM_QUEUED = 5;
    public const int SK_MEMINFO_OPTMEM = 6;

    /// <summary>Where <c>struct tcp_info</c>, which grows at its end, has <c>tcpi_bytes_received</c> (since Linux 4.1).</summary>
    public const int TcpiBytesReceived = 128;
}

/// <summary>struct inet_diag_sockid: ports in network byte order.</summary>
internal unsafe struct inet_diag_sockid
{
    public ushort idiag_sport;
    public ushort idiag_dport;
    public fixed uint idiag_src[4];
    public fixed uint idiag_dst[4];
    public uint idiag_if;
    public fixed uint idiag_cookie[2];
}

/// <summary>struct inet_diag_req_v2: sockets of which protocol, in which states, and what to tell of them.</summary>
internal struct inet_diag_req_v2
{
    public byte sdiag_family;
    public byte sdiag_protocol;
    public byte idiag_ext;
    public byte pad;
    public uint idiag_states;
    public inet_diag_sockid id;
}

/// <summary>struct inet_diag_msg: one socket; attributes follow.</summary>
internal struct inet_diag_msg
{
    public byte idiag_family;
    public byte idiag_state;
    public byte idiag_timer;
    public byte idiag_retrans;
    public inet_diag_sockid id;
    public uint idiag_expires;
    public uint idiag_rqueue;
    public uint idiag_wqueue;
    public uint idiag_uid;
    public uint idiag_inode;
}
