using C10k.Contract;

namespace C10k.LoadGen.Sides;

/// <summary>As echo, but some requests have something in front of the message, and so have their replies.</summary>
internal abstract class FrontedSide(MessageSizes sizes) : KnownReplySide
{
    private readonly MessagePattern _pattern = new();

    public override bool AnswersEarly => true;

    public override int RequestLength(MessageId id) => Length(id);

    public override void Write(MessageId id, int position, Span<byte> piece)
    {
        var front = FrontFrom(id, position, piece.Length);
        front.CopyTo(piece);
        _pattern.Write(id.Connection, id.Sequence, MessagePosition(id, position), piece[front.Length..]);
    }

    /// <summary>What stands in front of the message; nothing for most.</summary>
    protected abstract ReadOnlySpan<byte> FrontOf(MessageId id);

    protected override int ReplyLength(MessageId id) => Length(id);

    protected override bool Matches(MessageId id, int position, ReadOnlySpan<byte> piece)
    {
        var front = FrontFrom(id, position, piece.Length);
        return piece.StartsWith(front)
            && _pattern.Matches(id.Connection, id.Sequence, MessagePosition(id, position), piece[front.Length..]);
    }

    private int Length(MessageId id) => FrontOf(id).Length + sizes.Of(id.Connection, id.Sequence);

    private int MessagePosition(MessageId id, int position) => Math.Max(0, position - FrontOf(id).Length);

    // What of it falls into a piece.
    private ReadOnlySpan<byte> FrontFrom(MessageId id, int position, int length)
    {
        var front = FrontOf(id);
        var rest = front[Math.Min(position, front.Length)..];
        return rest[..Math.Min(rest.Length, length)];
    }
}
