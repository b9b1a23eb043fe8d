using C10k.Contract;
using C10k.Conversations;

namespace C10k.LoadGen.Sides;

/// <summary><c>prefix</c>: a message is a line of printable characters; what comes back is the line with <c>Echo: </c> in front.</summary>
internal sealed class PrefixSide(MessageSizes sizes) : KnownReplySide
{
    private readonly MessagePattern _pattern = new(printable: true);

    private static ReadOnlySpan<byte> Prefix => PrefixConversation.Prefix;

    public override int RequestLength(MessageId id) => sizes.Of(id.Connection, id.Sequence);

    public override void Write(MessageId id, int position, Span<byte> piece)
    {
        _pattern.Write(id.Connection, id.Sequence, position, piece);
        if (position + piece.Length == RequestLength(id))
            piece[^1] = (byte)'\n';
    }

    protected override int ReplyLength(MessageId id) => Prefix.Length + RequestLength(id);

    protected override bool Matches(MessageId id, int position, ReadOnlySpan<byte> piece)
    {
        var prefix = Prefix[Math.Min(position, Prefix.Length)..];
        prefix = prefix[..Math.Min(prefix.Length, piece.Length)];
        if (!piece.StartsWith(prefix))
            return false;
        var line = piece[prefix.Length..];
        var linePosition = Math.Max(0, position - Prefix.Length);
        if (line.Length > 0 && linePosition + line.Length == RequestLength(id))
        {
            if (line[^1] != (byte)'\n')
                return false;
            line = line[..^1];
        }
        return _pattern.Matches(id.Connection, id.Sequence, linePosition, line);
    }
}
