using System.Buffers;
using C10k.Conversations;
using C10k.Linux;

namespace C10k.Servers.Serving;

/// <summary>Serves one connection with blocking calls, from its first byte to its last: the simplest thing a server can do.</summary>
internal static class BlockingConnection
{
    // Big enough for a message of ordinary size in one call; small enough for ten thousand of them.
    private const int BufferBytes = 4096;

    /// <summary>Returns when the client has left, was sent away, or the connection was shut down; the caller closes the descriptor.</summary>
    public static void Serve(int descriptor, IConversation conversation)
    {
        var exchange = new Exchange(conversation);
        var received = ArrayPool<byte>.Shared.Rent(BufferBytes);
        var reply = new ArrayBufferWriter<byte>(BufferBytes);
        try
        {
            while (Syscall.Receive(descriptor, received) is { Moved: true } transfer)
            {
                reply.ResetWrittenCount();
                var step = Answer(
                    descriptor,
                    exchange,
                    exchange.Feed(received.AsSpan(0, transfer.Result), reply),
                    reply
                );
                if (step is { Kind: StepKind.Close })
                    LingeringClose.Linger(descriptor, received);
                if (step is not { Kind: StepKind.Continue })
                    return;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(received);
        }
    }

    // Does what the conversation says until it wants to receive more or to close; null when the connection is lost.
    private static Step? Answer(int descriptor, Exchange exchange, Step step, ArrayBufferWriter<byte> reply)
    {
        while (true)
        {
            if (step.Kind == StepKind.Wait)
                Thread.Sleep(step.Delay);
            if (!SendAll(descriptor, reply.WrittenSpan))
                return null;
            if (step.Kind is StepKind.Continue or StepKind.Close)
                return step;
            reply.ResetWrittenCount();
            step = exchange.Resume(reply);
        }
    }

    private static bool SendAll(int descriptor, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var transfer = Syscall.Send(descriptor, bytes);
            if (!transfer.Moved)
                return false;
            bytes = bytes[transfer.Result..];
        }
        return true;
    }
}
