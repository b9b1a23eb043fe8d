using System.Buffers;

namespace C10k.Conversations;

/// <summary>Sends every byte back as it came (RFC 862). Keeps no state, so one instance serves all connections.</summary>
public sealed class EchoConversation : IConversation
{
    /// <inheritdoc/>
    public Step OnReceived(ReadOnlySpan<byte> received, IBufferWriter<byte> reply, out int consumed)
    {
        reply.Write(received);
        consumed = received.Length;
        return Step.Continue;
    }
}
