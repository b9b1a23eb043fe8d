using System.Runtime.InteropServices;
using C10k.Linux;

namespace C10k.Servers.Models.Completion;

/// <summary>What a submission asks for, and so what its completion tells of.</summary>
internal enum Operation
{
    Accept,
    Receive,
    Send,
    Wait,
    Cancel,

    /// <summary>The watch for a connection that is lost.</summary>
    Watch,

    /// <summary>The time that a client has to end its side.</summary>
    Linger,

    /// <summary>A pause before accepting again.</summary>
    Pause,
}

/// <summary>The operations that a server needs. Each comes back with its tag when it is done.</summary>
internal sealed unsafe partial class Ring
{
    // A time is read when the kernel takes the submission, so that it has to stand somewhere until then.
    private readonly __kernel_timespec[] _times;

    /// <summary>The operation and the descriptor that a completion belongs to.</summary>
    public static (Operation Operation, int Descriptor) Untag(ulong tag) => ((Operation)(tag >> 32), (int)tag);

    /// <summary>
    /// Accepts one connection. The kernel could be asked to go on by itself (multishot), but then it takes the last descriptors of the
    /// process before we see them, and the runtime has none left.
    /// </summary>
    public void Accept(int listener)
    {
        var submission = Next(IoUring.IORING_OP_ACCEPT, listener, Tag(Operation.Accept, listener));
        submission->accept_flags = Socket.SOCK_CLOEXEC;
    }

    /// <summary>
    /// Receives whatever comes, again and again (multishot), until the end of the stream, an error, a lack of buffers, or
    /// <see cref="Cancel"/>: asked for each receive, the kernel spends a tenth more on a request. The buffers are those that were
    /// registered: one is taken when bytes are there, and not for as long as nothing comes.
    /// </summary>
    public void Receive(int descriptor)
    {
        var submission = Next(IoUring.IORING_OP_RECV, descriptor, Tag(Operation.Receive, descriptor));
        submission->flags = IoUring.IOSQE_BUFFER_SELECT;
        submission->buf_group = ReceiveBuffers.Group;
        submission->ioprio = IoUring.IORING_RECV_MULTISHOT | IoUring.IORING_RECVSEND_POLL_FIRST;
    }

    /// <summary>
    /// Completes once, when the connection is reset, or both sides have ended it, or the client its own. A receive that is repeated looks
    /// for bytes when it is woken; where a reset was there as early as the last bytes, it takes them, and nothing wakes it again: half of
    /// such connections would stay open for ever (Linux 6.18).
    /// </summary>
    public void Watch(int descriptor)
    {
        var submission = Next(IoUring.IORING_OP_POLL_ADD, descriptor, Tag(Operation.Watch, descriptor));
        submission->poll32_events = (uint)(Poll.POLLERR | Poll.POLLHUP);
    }

    /// <summary>Whether what <see cref="Watch"/> came back with means that the connection is lost.</summary>
    public static bool IsLost(int watched) => watched > 0 && (watched & (Poll.POLLERR | Poll.POLLHUP)) != 0;

    /// <summary>Ends an operation that is under way, which then completes for the last time.</summary>
    public void Cancel(Operation operation, int descriptor)
    {
        var submission = Next(IoUring.IORING_OP_ASYNC_CANCEL, descriptor: -1, Tag(Operation.Cancel, descriptor));
        submission->addr = Tag(operation, descriptor);
    }

    /// <summary>Sends all of it, however long the client takes (MSG_WAITALL); anything less is a failure.</summary>
    /// <param name="bytes">In pinned memory, which stays as it is until the operation is done.</param>
    public void Send(int descriptor, byte[] bytes, int length)
    {
        var submission = Next(IoUring.IORING_OP_SEND, descriptor, Tag(Operation.Send, descriptor));
        submission->addr = (ulong)Marshal.UnsafeAddrOfPinnedArrayElement(bytes, 0);
        submission->len = (uint)length;
        submission->msg_flags = Socket.MSG_NOSIGNAL | Socket.MSG_WAITALL;
    }

    /// <summary>Completes after a time.</summary>
    public void Wait(Operation reason, int descriptor, TimeSpan delay)
    {
        var submission = Next(IoUring.IORING_OP_TIMEOUT, descriptor: -1, Tag(reason, descriptor));
        var index = (int)(submission - _submissions);
        _times[index].tv_sec = delay.Ticks / TimeSpan.TicksPerSecond;
        _times[index].tv_nsec = delay.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick;
        submission->addr = (ulong)Marshal.UnsafeAddrOfPinnedArrayElement(_times, index);
        submission->len = 1;
    }

    private static ulong Tag(Operation operation, int descriptor) => (ulong)operation << 32 | (uint)descriptor;
}
