using System.Buffers;

namespace C10k.Conversations;

/// <summary>
/// A greeting first, then echo: the first five bytes must be <c>hello</c> and are answered <c>hello</c>; whoever says anything else is
/// left. So the server has to remember something of each connection.
/// </summary>
public sealed class HelloConversation : IConversation
{
    private bool _greeted;

    /// <summary>The greeting, and the answer to it.</summary>
    public static ReadOnlySpan<byte> Greeting => "hello"u8;

    /// <inheritdoc/>
    public Step OnReceived(ReadOnlySpan<byte> received, IBufferWriter<byte> reply, out int consumed)
    {
        consumed = 0;
        if (!_greeted)
        {
            if (received.CommonPrefixLength(Greeting) < Math.Min(received.Length, Greeting.Length))
                return Step.Close;
            if (received.Length < Greeting.Length)
                return Step.Continue;
            received = Greeting;
            _greeted = true;
        }
        reply.Write(received);
        consumed = received.Length;
        return Step.Continue;
    }
}
