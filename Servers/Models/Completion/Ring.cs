using C10k.Linux;

namespace C10k.Servers.Models.Completion;

/// <summary>
/// io_uring(7): two queues in memory that is shared with the kernel. We write what is to be done into the one and read from the other
/// what was done; a system call is needed only to tell the kernel that there is something new, and to wait. Each queue has a head,
/// moved by whoever takes, and a tail, moved by whoever adds.
/// </summary>
internal sealed unsafe partial class Ring : IDisposable
{
    // What is done counts in memory until we look; there may be more of it than there were submissions, since some bear many results.
    private const int CompletionsPerSubmission = 4;

    // One thread uses the ring, so that the kernel need not interrupt it whenever something is done: first choice is that it does all
    // work inside the call that waits (Linux 6.1), second that it does it in any system call (6.0).
    private static readonly uint[] Modes =
    [
        IoUring.IORING_SETUP_SINGLE_ISSUER | IoUring.IORING_SETUP_DEFER_TASKRUN,
        IoUring.IORING_SETUP_SINGLE_ISSUER | IoUring.IORING_SETUP_COOP_TASKRUN,
    ];

    private readonly int _descriptor;
    private readonly uint _entries;
    private readonly byte* _queues;
    private readonly nuint _queuesBytes;
    private readonly uint* _submissionHead;
    private readonly uint* _submissionTail;
    private readonly uint* _completionHead;
    private readonly uint* _completionTail;
    private readonly io_uring_sqe* _submissions;
    private readonly io_uring_cqe* _completions;
    private readonly uint _completionMask;
    private uint _tail;

    /// <param name="entries">How many submissions one call can hand over; the kernel rounds it up to a power of two.</param>
    /// <exception cref="SystemCallException">The kernel has no io_uring, or refuses it to us.</exception>
    public Ring(int entries)
    {
        _descriptor = SetUp(entries, out var parameters);
        _entries = parameters.sq_entries;
        _queuesBytes = QueuesBytes(parameters);
        _queues = Syscall.MapRing(_descriptor, IoUring.IORING_OFF_SQ_RING, _queuesBytes);
        _submissions = (io_uring_sqe*)Syscall.MapRing(_descriptor, IoUring.IORING_OFF_SQES, SubmissionsBytes);
        _submissionHead = (uint*)(_queues + parameters.sq_off.head);
        _submissionTail = (uint*)(_queues + parameters.sq_off.tail);
        _completionHead = (uint*)(_queues + parameters.cq_off.head);
        _completionTail = (uint*)(_queues + parameters.cq_off.tail);
        _completions = (io_uring_cqe*)(_queues + parameters.cq_off.cqes);
        _completionMask = *(uint*)(_queues + parameters.cq_off.ring_mask);
        FillIndexes((uint*)(_queues + parameters.sq_off.array));
        _times = GC.AllocateArray<__kernel_timespec>((int)_entries, pinned: true);
    }

    private nuint SubmissionsBytes => _entries * (nuint)sizeof(io_uring_sqe);

    /// <summary>Hands over what is in the queue and waits until something is done.</summary>
    public void SubmitAndWait() => Submit(completions: 1);

    /// <summary>Takes the next thing that was done; false when there is none.</summary>
    public bool TryTake(out io_uring_cqe done)
    {
        var head = *_completionHead;
        if (head == Volatile.Read(ref *_completionTail))
        {
            done = default;
            return false;
        }
        done = _completions[head & _completionMask];
        Volatile.Write(ref *_completionHead, head + 1);
        return true;
    }

    /// <summary>Gives the kernel buffers to receive into.</summary>
    public void Register(io_uring_buf_reg buffers) => Syscall.RegisterBuffers(_descriptor, buffers);

    /// <summary>Ends the ring; what is still under way is cancelled by the kernel.</summary>
    public void Dispose()
    {
        Syscall.Unmap((byte*)_submissions, SubmissionsBytes);
        Syscall.Unmap(_queues, _queuesBytes);
        Syscall.Close(_descriptor);
    }

    // An empty submission at the end of the queue, to be filled in. A queue that is full is handed over first.
    private io_uring_sqe* Next(byte operation, int descriptor, ulong tag)
    {
        while (_tail - Volatile.Read(ref *_submissionHead) == _entries)
            Submit(completions: 0);
        var submission = &_submissions[_tail++ & (_entries - 1)];
        *submission = new io_uring_sqe
        {
            opcode = operation,
            fd = descriptor,
            user_data = tag,
        };
        return submission;
    }

    private void Submit(int completions)
    {
        Volatile.Write(ref *_submissionTail, _tail);
        Syscall.EnterRing(_descriptor, _tail - Volatile.Read(ref *_submissionHead), completions);
    }

    private static int SetUp(int entries, out io_uring_params parameters)
    {
        var result = 0;
        foreach (var mode in Modes)
        {
            parameters = new io_uring_params
            {
                flags =
                    mode | IoUring.IORING_SETUP_SUBMIT_ALL | IoUring.IORING_SETUP_CLAMP | IoUring.IORING_SETUP_CQSIZE,
                cq_entries = (uint)(entries * CompletionsPerSubmission),
            };
            result = Syscall.SetUpRing(entries, ref parameters);
            if (result != -(int)Errno.EINVAL)
                return result >= 0 ? result : throw new SystemCallException("io_uring_setup", (Errno)(-result));
        }
        throw new SystemCallException("io_uring_setup", (Errno)(-result));
    }

    // Both queues lie in one piece of memory; the longer one decides how much it is.
    private static nuint QueuesBytes(io_uring_params parameters) =>
        nuint.Max(
            parameters.sq_off.array + parameters.sq_entries * sizeof(uint),
            parameters.cq_off.cqes + parameters.cq_entries * (nuint)sizeof(io_uring_cqe)
        );

    // The queue of submissions is one of indexes into an array of them. Ours always go in order, so that each stands at its own place.
    private void FillIndexes(uint* indexes)
    {
        for (var i = 0u; i < _entries; i++)
            indexes[i] = i;
    }
}
