using System.Buffers;

namespace C10k.Conversations;

/// <summary>
/// Answers each message by <c>Echo: </c> and the message. A message ends with a line feed, which belongs to it, so that it is the same
/// however the network cuts it; whoever sends <see cref="MaxMessageBytes"/> bytes without one is left.
/// </summary>
public sealed class PrefixConversation : IConversation
{
    /// <summary>The longest message in bytes, with its line feed.</summary>
    public const int MaxMessageBytes = 64 * 1024;

    // A message that comes byte by byte is searched only once.
    private int _searched;

    /// <summary>What stands before the message in the answer.</summary>
    public static ReadOnlySpan<byte> Prefix => "Echo: "u8;

    /// <inheritdoc/>
    public Step OnReceived(ReadOnlySpan<byte> received, IBufferWriter<byte> reply, out int consumed)
    {
        consumed = 0;
        var end = received[_searched..].IndexOf((byte)'\n');
        var length = end < 0 ? received.Length : _searched + end + 1;
        if (length > MaxMessageBytes || (end < 0 && length == MaxMessageBytes))
            return Step.Close;
        _searched = end < 0 ? length : 0;
        if (end < 0)
            return Step.Continue;
        reply.Write(Prefix);
        reply.Write(received[..length]);
        consumed = length;
        return Step.Continue;
    }
}
