using System.Buffers;

namespace C10k.Conversations;

/// <summary>Reads and never answers (RFC 863, discard). Keeps no state, so one instance serves all connections.</summary>
public sealed class SinkConversation : IConversation
{
    /// <inheritdoc/>
    public Step OnReceived(ReadOnlySpan<byte> received, IBufferWriter<byte> reply, out int consumed)
    {
        consumed = received.Length;
        return Step.Continue;
    }
}
