using C10k.Contract;
using C10k.LoadGen.Clients;

namespace C10k.LoadGen.Sides;

/// <summary><c>sink</c>: the server only reads. A request is done when the kernel has taken it; whatever comes back is wrong.</summary>
internal sealed class SinkSide(MessageSizes sizes) : ClientSide
{
    private readonly MessagePattern _pattern = new();

    public override bool GetsReplies => false;

    public override int RequestLength(MessageId id) => sizes.Of(id.Connection, id.Sequence);

    public override void Write(MessageId id, int position, Span<byte> piece) =>
        _pattern.Write(id.Connection, id.Sequence, position, piece);

    public override ReplyState Take(ref Client client, MessageId id, ReadOnlySpan<byte> bytes, out int taken)
    {
        taken = 0;
        return ReplyState.Wrong;
    }
}
