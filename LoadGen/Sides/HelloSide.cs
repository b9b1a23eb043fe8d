using C10k.Conversations;
using C10k.LoadGen.Arrivals;

namespace C10k.LoadGen.Sides;

/// <summary><c>hello</c>: as echo, but the first request of a connection has the greeting in front, and so has its reply.</summary>
internal sealed class HelloSide(MessageSizes sizes) : KnownReplySide
{
    private readonly MessagePattern _pattern = new();

    public override bool AnswersEarly => true;

    public override int RequestLength(MessageId id) => GreetingLength(id) + sizes.Of(id.Connection, id.Sequence);

    public override void Write(MessageId id, int position, Span<byte> piece)
    {
        var greeting = GreetingFrom(id, position, piece.Length);
        greeting.CopyTo(piece);
        _pattern.Write(id.Connection, id.Sequence, MessagePosition(id, position), piece[greeting.Length..]);
    }

    protected override int ReplyLength(MessageId id) => RequestLength(id);

    protected override bool Matches(MessageId id, int position, ReadOnlySpan<byte> piece)
    {
        var greeting = GreetingFrom(id, position, piece.Length);
        return piece.StartsWith(greeting)
            && _pattern.Matches(id.Connection, id.Sequence, MessagePosition(id, position), piece[greeting.Length..]);
    }

    private static int GreetingLength(MessageId id) => id.IsFirst ? HelloConversation.Greeting.Length : 0;

    private static int MessagePosition(MessageId id, int position) => Math.Max(0, position - GreetingLength(id));

    // What of the greeting falls into a piece.
    private static ReadOnlySpan<byte> GreetingFrom(MessageId id, int position, int length)
    {
        var rest = HelloConversation.Greeting[Math.Min(position, HelloConversation.Greeting.Length)..];
        return id.IsFirst ? rest[..Math.Min(rest.Length, length)] : default;
    }
}
