using C10k.LoadGen.Clients;

namespace C10k.LoadGen.Sides;

/// <summary>Conversations in which the request says what the reply has to be, to the last byte.</summary>
internal abstract class KnownReplySide : ClientSide
{
    public sealed override ReplyState Take(ref Client client, MessageId id, ReadOnlySpan<byte> bytes, out int taken)
    {
        var length = ReplyLength(id);
        taken = Math.Min(bytes.Length, length - client.Received);
        if (!Matches(id, client.Received, bytes[..taken]))
            return ReplyState.Wrong;
        client.Received += taken;
        return client.Received == length ? ReplyState.Complete : ReplyState.Begun;
    }

    protected abstract int ReplyLength(MessageId id);

    /// <summary>Whether these are the bytes of the reply from <paramref name="position"/> on.</summary>
    protected abstract bool Matches(MessageId id, int position, ReadOnlySpan<byte> piece);
}
