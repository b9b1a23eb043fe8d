using System.Buffers;
using C10k.Conversations;

namespace C10k.Tests.Servers.Loops;

/// <summary>Echoes, and notes at each request how much the thread that serves it has allocated so far, in bytes.</summary>
internal sealed class AllocationProbe : IConversation
{
    private readonly List<long> _allocatedAt = new(capacity: 10_000);

    public IReadOnlyList<long> AllocatedAt => _allocatedAt;

    public Step OnReceived(ReadOnlySpan<byte> received, IBufferWriter<byte> reply, out int consumed)
    {
        _allocatedAt.Add(GC.GetAllocatedBytesForCurrentThread());
        reply.Write(received);
        consumed = received.Length;
        return Step.Continue;
    }
}
