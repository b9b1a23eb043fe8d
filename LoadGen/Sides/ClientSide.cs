using C10k.LoadGen.Clients;

namespace C10k.LoadGen.Sides;

/// <summary>
/// The client's side of a conversation: makes requests, and checks replies byte for byte, in whatever pieces they come. One instance
/// serves all clients of a thread; what differs between them is in <see cref="Client"/>.
/// </summary>
internal abstract class ClientSide
{
    /// <summary>Whether requests are answered at all. Where not, a request is done when the kernel has taken all of it.</summary>
    public virtual bool GetsReplies => true;

    /// <summary>Whether a reply may begin before its request is sent to the end: it echoes what was sent so far, at most.</summary>
    public virtual bool AnswersEarly => false;

    /// <summary>The length of a request in bytes.</summary>
    public abstract int RequestLength(MessageId id);

    /// <summary>Writes the bytes of a request from <paramref name="position"/> on; at most <see cref="MessagePattern.MaxPieceBytes"/>.</summary>
    public abstract void Write(MessageId id, int position, Span<byte> piece);

    /// <summary>Takes what it can of the next reply.</summary>
    /// <param name="client">Whose reply it is; <see cref="Client.Received"/> is 0 when it begins, and advanced here.</param>
    /// <param name="id">The request that is answered.</param>
    /// <param name="bytes">What was received, never empty.</param>
    /// <param name="taken">How many bytes belong to this reply: all of them while it is not complete.</param>
    public abstract ReplyState Take(ref Client client, MessageId id, ReadOnlySpan<byte> bytes, out int taken);

    /// <summary>The connection has ended: nothing more will come of the reply that had begun.</summary>
    public virtual void Forget(int connection) { }
}

/// <summary>Which message: no other has the same.</summary>
/// <param name="Connection">The client's number among all.</param>
/// <param name="Sequence">The request's number among those of the client.</param>
/// <param name="IsFirst">Whether it is the first one on its connection.</param>
internal readonly record struct MessageId(int Connection, uint Sequence, bool IsFirst);

/// <summary>How far a reply has come.</summary>
internal enum ReplyState
{
    /// <summary>There is more to come.</summary>
    Begun,

    /// <summary>It is complete and right.</summary>
    Complete,

    /// <summary>It is complete and right, and the server has announced that it closes the connection now.</summary>
    CompleteAndLast,

    /// <summary>It is not what it has to be.</summary>
    Wrong,
}
