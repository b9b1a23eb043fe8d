using C10k.Contract;

namespace C10k.LoadGen.Sides;

/// <summary><c>echo</c>: everything comes back as it was sent.</summary>
internal sealed class EchoSide(MessageSizes sizes) : KnownReplySide
{
    /// <summary>What messages look like.</summary>
    public MessagePattern Pattern { get; } = new();

    public override bool AnswersEarly => true;

    public override int RequestLength(MessageId id) => sizes.Of(id.Connection, id.Sequence);

    public override void Write(MessageId id, int position, Span<byte> piece) =>
        Pattern.Write(id.Connection, id.Sequence, position, piece);

    protected override int ReplyLength(MessageId id) => RequestLength(id);

    protected override bool Matches(MessageId id, int position, ReadOnlySpan<byte> piece) =>
        Pattern.Matches(id.Connection, id.Sequence, position, piece);
}
