using System.Numerics;

namespace C10k.Servers.Models.Completion;

/// <summary>
/// Memory for replies on their way: the kernel reads them when it comes to it, so that each has to stay where it is until it is sent.
/// What was sent is used again, the last one first, since that is still in the cache.
/// </summary>
internal sealed class SendBuffers
{
    private const int SmallestBytes = 256;

    // More than that is left to the garbage collector.
    private const int KeptBytesOfEachSize = 4 * 1024 * 1024;

    private readonly Stack<byte[]>[] _free = [.. Enumerable.Range(0, 32).Select(_ => new Stack<byte[]>())];

    /// <summary>A buffer for these bytes, which are copied.</summary>
    public byte[] Fill(ReadOnlySpan<byte> bytes)
    {
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(bytes.Length, SmallestBytes));
        if (!FreeOf(size).TryPop(out var buffer))
            buffer = GC.AllocateUninitializedArray<byte>(size, pinned: true);
        bytes.CopyTo(buffer);
        return buffer;
    }

    /// <summary>Takes a buffer back.</summary>
    public void Return(byte[] buffer)
    {
        var free = FreeOf(buffer.Length);
        if ((free.Count + 1) * (long)buffer.Length <= KeptBytesOfEachSize)
            free.Push(buffer);
    }

    private Stack<byte[]> FreeOf(int size) => _free[BitOperations.Log2((uint)size)];
}
