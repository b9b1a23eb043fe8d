using System.Runtime.InteropServices;
using C10k.Linux;

namespace C10k.Servers.Models.Completion;

/// <summary>
/// The buffers from which a ring receives: all connections share them. The kernel takes one when bytes have come, never while a
/// connection is idle, and gets it back when the bytes were looked at. They are handed over through a queue in shared memory.
/// </summary>
internal sealed unsafe class ReceiveBuffers : IDisposable
{
    public const ushort Group = 0;

    private const int BufferBytes = 4096;
    private const int PageBytes = 4096;

    private readonly byte[] _bytes;
    private readonly io_uring_buf* _queue;
    private readonly int _mask;
    private ushort _tail;

    /// <param name="count">A power of two.</param>
    public ReceiveBuffers(Ring ring, int count)
    {
        _bytes = GC.AllocateUninitializedArray<byte>(count * BufferBytes, pinned: true);
        _queue = (io_uring_buf*)NativeMemory.AlignedAlloc((nuint)(count * sizeof(io_uring_buf)), PageBytes);
        _mask = count - 1;
        ring.Register(
            new io_uring_buf_reg
            {
                ring_addr = (ulong)_queue,
                ring_entries = (uint)count,
                bgid = Group,
            }
        );
        for (var id = 0; id < count; id++)
            GiveBack(id);
    }

    /// <summary>What was received into a buffer.</summary>
    public ReadOnlySpan<byte> Received(int id, int length) => _bytes.AsSpan(id * BufferBytes, length);

    /// <summary>Gives a buffer to the kernel.</summary>
    public void GiveBack(int id)
    {
        var entry = &_queue[_tail & _mask];
        entry->addr = (ulong)Marshal.UnsafeAddrOfPinnedArrayElement(_bytes, id * BufferBytes);
        entry->len = BufferBytes;
        entry->bid = (ushort)id;
        // The queue's tail lies in a field of its first entry.
        Volatile.Write(ref _queue->resv, ++_tail);
    }

    /// <summary>Frees the queue; the ring must have ended before.</summary>
    public void Dispose() => NativeMemory.AlignedFree(_queue);
}
