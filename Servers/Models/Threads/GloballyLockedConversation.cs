using System.Buffers;
using C10k.Conversations;

namespace C10k.Servers.Models.Threads;

/// <summary>
/// Lets one thread of the process at a time into the application's code. A thread that receives, sends or sleeps is outside of it and
/// holds nothing: so an interpreter gives its lock back before it blocks, and takes it again afterwards.
/// </summary>
internal sealed class GloballyLockedConversation(IConversation conversation) : IConversation
{
    private static readonly Lock GlobalLock = new();

    public Step OnReceived(ReadOnlySpan<byte> received, IBufferWriter<byte> reply, out int consumed)
    {
        lock (GlobalLock)
            return conversation.OnReceived(received, reply, out consumed);
    }

    public Step OnSent(IBufferWriter<byte> reply)
    {
        lock (GlobalLock)
            return conversation.OnSent(reply);
    }
}
