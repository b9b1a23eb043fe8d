using System.Buffers;
using C10k.Conversations;
using C10k.Linux;

namespace C10k.Hosting;

/// <summary>Serves one connection with blocking calls, from its first byte to its last: the simplest thing a server can do.</summary>
public static class BlockingConnection
{
    // Big enough for a message of ordinary size in one call; small enough for ten thousand of them.
    private const int BufferBytes = 4096;

    /// <summary>Returns when the client has left, was sent away, or the connection was shut down; the caller closes the descriptor.</summary>
    public static void Serve(int descriptor, IConversation conversation) =>
        Serve(descriptor, conversation, oneRequest: false);

    /// <summary>Receives once, answers, and returns; the caller closes the descriptor.</summary>
    public static void ServeOnce(int descriptor, IConversation conversation) =>
        Serve(descriptor, conversation, oneRequest: true);

    private static void Serve(int descriptor, IConversation conversation, bool oneRequest)
    {
        var exchange = new Exchange(conversation);
        var received = ArrayPool<byte>.Shared.Rent(BufferBytes);
        var reply = new ArrayBufferWriter<byte>(BufferBytes);
        try
        {
            while (Syscall.Receive(descriptor, received) is { Moved: true } transfer)
            {
                reply.ResetWrittenCount();
                var step = exchange.Feed(received.AsSpan(0, transfer.Result), reply);
                if (Answer(descriptor, exchange, step, reply) is not { } last)
                    return;
                if (last == Step.Continue && !oneRequest)
                    continue;
                if (last == Step.Close || LingeringClose.HasInput(descriptor))
                    LingeringClose.Linger(descriptor, received);
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
                Thread.Sleep(step.DelayMs);
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
