using System.Runtime.InteropServices;

namespace C10k.Linux;

/// <summary>linux/io_uring.h: see io_uring(7), io_uring_setup(2), io_uring_enter(2), io_uring_register(2).</summary>
public static unsafe partial class IoUring
{
    public const uint IORING_SETUP_CQSIZE = 1u << 3;
    public const uint IORING_SETUP_CLAMP = 1u << 4;
    public const uint IORING_SETUP_SUBMIT_ALL = 1u << 7;
    public const uint IORING_SETUP_COOP_TASKRUN = 1u << 8;
    public const uint IORING_SETUP_SINGLE_ISSUER = 1u << 12;
    public const uint IORING_SETUP_DEFER_TASKRUN = 1u << 13;

    public const byte IORING_OP_POLL_ADD = 6;
    public const byte IORING_OP_TIMEOUT = 11;
    public const byte IORING_OP_ACCEPT = 13;
    public const byte IORING_OP_ASYNC_CANCEL = 14;
    public const byte IORING_OP_SEND = 26;
    public const byte IORING_OP_RECV = 27;

    public const byte IOSQE_BUFFER_SELECT = 1 << 5;

    public const ushort IORING_RECVSEND_POLL_FIRST = 1 << 0;
    public const ushort IORING_RECV_MULTISHOT = 1 << 1;

    public const uint IORING_CQE_F_BUFFER = 1u << 0;
    public const uint IORING_CQE_F_MORE = 1u << 1;
    public const int IORING_CQE_BUFFER_SHIFT = 16;

    public const long IORING_OFF_SQ_RING = 0;
    public const long IORING_OFF_SQES = 0x10000000;

    public const uint IORING_ENTER_GETEVENTS = 1u << 0;

    public const uint IORING_REGISTER_PBUF_RING = 22;

    // The C library has no functions for them; the numbers are the same on every architecture.
    internal const nint SYS_io_uring_setup = 425;
    internal const nint SYS_io_uring_enter = 426;
    internal const nint SYS_io_uring_register = 427;

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    internal static partial nint io_uring_setup(nint number, nint entries, io_uring_params* parameters);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    internal static partial nint io_uring_enter(
        nint number,
        nint fd,
        nint toSubmit,
        nint minComplete,
        nint flags,
        void* argument,
        nint argumentSize
    );

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    internal static partial nint io_uring_register(nint number, nint fd, nint opcode, void* argument, nint count);
}

/// <summary>struct io_uring_params: what is asked for, and what the kernel made of it.</summary>
#pragma warning disable IDE0051 // the unnamed words keep the layout
public unsafe struct io_uring_params
{
    public uint sq_entries;
    public uint cq_entries;
    public uint flags;
    public uint sq_thread_cpu;
    public uint sq_thread_idle;
    public uint features;
    public uint wq_fd;
    private fixed uint _resv[3];
    public io_sqring_offsets sq_off;
    public io_cqring_offsets cq_off;
}
#pragma warning restore IDE0051

/// <summary>struct io_sqring_offsets: where in the mapped memory the parts of the submission queue lie.</summary>
[StructLayout(LayoutKind.Sequential, Size = 40)]
public struct io_sqring_offsets
{
    public uint head;
    public uint tail;
    public uint ring_mask;
    public uint ring_entries;
    public uint flags;
    public uint dropped;
    public uint array;
}

/// <summary>struct io_cqring_offsets: where in the mapped memory the parts of the completion queue lie.</summary>
[StructLayout(LayoutKind.Sequential, Size = 40)]
public struct io_cqring_offsets
{
    public uint head;
    public uint tail;
    public uint ring_mask;
    public uint ring_entries;
    public uint overflow;
    public uint cqes;
    public uint flags;
}

/// <summary>struct io_uring_sqe: an entry of the submission queue. Of its unions those members that are used here.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
public struct io_uring_sqe
{
    [FieldOffset(0)]
    public byte opcode;

    [FieldOffset(1)]
    public byte flags;

    [FieldOffset(2)]
    public ushort ioprio;

    [FieldOffset(4)]
    public int fd;

    [FieldOffset(8)]
    public ulong off;

    [FieldOffset(16)]
    public ulong addr;

    [FieldOffset(24)]
    public uint len;

    [FieldOffset(28)]
    public uint msg_flags;

    [FieldOffset(28)]
    public uint accept_flags;

    [FieldOffset(28)]
    public uint poll32_events;

    [FieldOffset(32)]
    public ulong user_data;

    [FieldOffset(40)]
    public ushort buf_group;
}

/// <summary>struct io_uring_cqe: an entry of the completion queue.</summary>
public struct io_uring_cqe
{
    public ulong user_data;
    public int res;
    public uint flags;
}

/// <summary>struct io_uring_buf: an entry of a ring of provided buffers. The first one's <c>resv</c> is the ring's tail.</summary>
public struct io_uring_buf
{
    public ulong addr;
    public uint len;
    public ushort bid;
    public ushort resv;
}

/// <summary>struct io_uring_buf_reg: registers a ring of provided buffers.</summary>
[StructLayout(LayoutKind.Sequential, Size = 40)]
public struct io_uring_buf_reg
{
    public ulong ring_addr;
    public uint ring_entries;
    public ushort bgid;
}

/// <summary>struct __kernel_timespec, of linux/time_types.h.</summary>
public struct __kernel_timespec
{
    public long tv_sec;
    public long tv_nsec;
}
