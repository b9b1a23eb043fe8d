using System.Buffers;

namespace C10k.Conversations;

/// <summary>
/// A download: a request is a number of bytes in decimal digits and a line feed, and that many bytes of <see cref="BulkPattern"/> come
/// back. They are made a piece at a time, as the client takes them; whoever sends anything else is left.
/// </summary>
public sealed class BulkConversation : IConversation
{
    /// <summary>The most bytes that one request may ask for.</summary>
    public const long MaxBytes = 1L << 30;

    // Few enough bytes to be kept for each of ten thousand slow readers, and enough to make the system call the smaller part of the cost.
    private const int PieceBytes = 16 * 1024;

    private const int MaxDigits = 10;

    private long _offset;
    private long _size;

    /// <inheritdoc/>
    public Step OnReceived(ReadOnlySpan<byte> received, IBufferWriter<byte> reply, out int consumed)
    {
        consumed = 0;
        var digits = received.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (digits < 0 && received.Length <= MaxDigits)
            return Step.Continue;
        if (digits is < 1 or > MaxDigits || received[digits] != '\n')
            return Step.Close;
        _size = ToNumber(received[..digits]);
        if (_size > MaxBytes)
            return Step.Close;
        _offset = 0;
        consumed = digits + 1;
        return OnSent(reply);
    }

    /// <inheritdoc/>
    public Step OnSent(IBufferWriter<byte> reply)
    {
        var piece = BulkPattern.Slice(_offset, (int)Math.Min(PieceBytes, _size - _offset));
        reply.Write(piece);
        _offset += piece.Length;
        return _offset < _size ? Step.More : Step.Continue;
    }

    private static long ToNumber(ReadOnlySpan<byte> digits)
    {
        var number = 0L;
        foreach (var digit in digits)
            number = 10 * number + (digit - '0');
        return number;
    }
}
