using System.Runtime.CompilerServices;

namespace C10k.Linux;

/// <summary>io_uring(7): making a ring, mapping its memory, entering the kernel with it.</summary>
public static unsafe partial class Syscall
{
    /// <summary>A new ring, closed on exec: its descriptor, or minus errno. The kernel fills in the rest of the parameters.</summary>
    public static int SetUpRing(int entries, ref io_uring_params parameters)
    {
        fixed (io_uring_params* at = &parameters)
        {
            var result = IoUring.io_uring_setup(IoUring.SYS_io_uring_setup, entries, at);
            return result >= 0 ? (int)result : -(int)LastErrno();
        }
    }

    /// <summary>Maps memory that a ring shares with the kernel.</summary>
    /// <param name="offset">Which memory: IORING_OFF_SQ_RING for both queues, IORING_OFF_SQES for the submissions themselves.</param>
    public static byte* MapRing(int ring, long offset, nuint bytes)
    {
        const int protection = Mman.PROT_READ | Mman.PROT_WRITE;
        var address = Mman.mmap(null, bytes, protection, Mman.MAP_SHARED | Mman.MAP_POPULATE, ring, offset);
        return address != -1 ? (byte*)address : throw new SystemCallException("mmap", LastErrno());
    }

    /// <summary>Takes back what <see cref="MapRing"/> mapped.</summary>
    public static void Unmap(byte* address, nuint bytes) => _ = Mman.munmap(address, bytes);

    /// <summary>
    /// Hands the kernel so many submissions, and waits until there are so many completions. Returns early after a signal, or when the
    /// kernel has no memory for all submissions yet: the head of the queue tells how many it took.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void EnterRing(int ring, uint submissions, int completions)
    {
        const uint flags = IoUring.IORING_ENTER_GETEVENTS;
        var result = IoUring.io_uring_enter(
            IoUring.SYS_io_uring_enter,
            ring,
            (nint)submissions,
            completions,
            (nint)flags,
            null,
            0
        );
        if (result < 0 && LastErrno() is var errno and not (Errno.EINTR or Errno.EAGAIN or Errno.EBUSY))
            throw new SystemCallException("io_uring_enter", errno);
    }

    /// <summary>Gives a ring the buffers from which it receives.</summary>
    public static void RegisterBuffers(int ring, io_uring_buf_reg registration)
    {
        const uint opcode = IoUring.IORING_REGISTER_PBUF_RING;
        var result = IoUring.io_uring_register(
            IoUring.SYS_io_uring_register,
            ring,
            (nint)opcode,
            &registration,
            count: 1
        );
        Required("io_uring_register", (int)result);
    }
}
