using System.Buffers.Text;
using C10k.Contract;
using C10k.Conversations;

namespace C10k.LoadGen.Sides;

/// <summary><c>bulk</c>: a request asks for a number of bytes, and so many bytes of <see cref="BulkPattern"/> have to come.</summary>
internal sealed class BulkSide(MessageSizes sizes) : KnownReplySide
{
    private const int MaxRequestBytes = 12;

    public override int RequestLength(MessageId id) => Format(id, stackalloc byte[MaxRequestBytes]);

    public override void Write(MessageId id, int position, Span<byte> piece)
    {
        Span<byte> request = stackalloc byte[MaxRequestBytes];
        Format(id, request);
        request.Slice(position, piece.Length).CopyTo(piece);
    }

    protected override int ReplyLength(MessageId id) => sizes.Of(id.Connection, id.Sequence);

    protected override bool Matches(MessageId id, int position, ReadOnlySpan<byte> piece) =>
        BulkPattern.Matches(position, piece);

    private int Format(MessageId id, Span<byte> request)
    {
        Utf8Formatter.TryFormat(ReplyLength(id), request, out var digits);
        request[digits] = (byte)'\n';
        return digits + 1;
    }
}
