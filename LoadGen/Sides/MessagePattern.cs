using System.Buffers.Binary;
using System.Runtime.InteropServices;
using C10k.Contract;

namespace C10k.LoadGen.Sides;

/// <summary>
/// The bytes of every message: they differ by connection and by sequence number, so that a reply that belongs to another connection or
/// to an earlier request is found out. A message begins with eight bytes that no other message has; the rest is a slice of a table of
/// random bytes, which costs a copy to make and a comparison to check.
/// </summary>
/// <param name="printable">
/// Only digits, letters and what stands between them in ASCII: for conversations of lines. Then 48 bits tell messages apart, not 64.
/// </param>
internal sealed class MessagePattern(bool printable = false)
{
    /// <summary>The part of a message that no other message has.</summary>
    public const int HeaderBytes = sizeof(ulong);

    // A power of two, and few enough to stay in the processor's first cache: a larger table cost 3 % of the throughput.
    private const int PeriodBytes = 4096;

    // The period is repeated, so that a slice of it never wraps.
    private readonly byte[] _table = MakeTable(printable);

    /// <summary>The longest piece that one call makes or checks.</summary>
    public const int MaxPieceBytes = 64 * 1024;

    /// <summary>Writes the bytes of a message from <paramref name="position"/> on.</summary>
    public void Write(int connection, uint sequence, int position, Span<byte> piece)
    {
        var identity = MessageIdentity.Of(connection, sequence);
        var header = WriteHeader(identity, position, piece);
        Slice(identity, position + header, piece.Length - header).CopyTo(piece[header..]);
    }

    /// <summary>Whether these are the bytes of the message from <paramref name="position"/> on.</summary>
    public bool Matches(int connection, uint sequence, int position, ReadOnlySpan<byte> piece)
    {
        var identity = MessageIdentity.Of(connection, sequence);
        Span<byte> expected = stackalloc byte[HeaderBytes];
        var header = WriteHeader(identity, position, expected[..Math.Min(HeaderBytes, piece.Length)]);
        return piece[..header].SequenceEqual(expected[..header])
            && piece[header..].SequenceEqual(Slice(identity, position + header, piece.Length - header));
    }

    /// <summary>Writes all of a message: as <see cref="Write"/>, and faster.</summary>
    /// <param name="message">From <see cref="HeaderBytes"/> to <see cref="MaxPieceBytes"/> long.</param>
    public void WriteWhole(int connection, uint sequence, Span<byte> message)
    {
        var identity = MessageIdentity.Of(connection, sequence);
        BinaryPrimitives.WriteUInt64LittleEndian(message, Header(identity));
        Slice(identity, HeaderBytes, message.Length - HeaderBytes).CopyTo(message[HeaderBytes..]);
    }

    /// <summary>Whether this is the message from its first to its last byte: as <see cref="Matches"/>, and faster.</summary>
    /// <param name="message">From <see cref="HeaderBytes"/> to <see cref="MaxPieceBytes"/> long.</param>
    public bool MatchesWhole(int connection, uint sequence, ReadOnlySpan<byte> message)
    {
        var identity = MessageIdentity.Of(connection, sequence);
        return BinaryPrimitives.ReadUInt64LittleEndian(message) == Header(identity)
            && message[HeaderBytes..].SequenceEqual(Slice(identity, HeaderBytes, message.Length - HeaderBytes));
    }

    private ulong Header(ulong identity) => printable ? ToPrintable(identity) : identity;

    // The part of the header that falls into the piece; returns its length.
    private int WriteHeader(ulong identity, int position, Span<byte> piece)
    {
        if (position >= HeaderBytes)
            return 0;
        Span<byte> header = stackalloc byte[HeaderBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(header, Header(identity));
        var part = header[position..Math.Min(HeaderBytes, position + piece.Length)];
        part.CopyTo(piece);
        return part.Length;
    }

    private ReadOnlySpan<byte> Slice(ulong identity, int position, int length) =>
        _table.AsSpan((int)((identity + (ulong)position) % PeriodBytes), length);

    // Eight bytes at once: six bits of each are kept and moved to '0' to 'o'.
    private static ulong ToPrintable(ulong bytes) => (bytes & 0x3F3F3F3F3F3F3F3F) + 0x3030303030303030;

    private static byte[] MakeTable(bool printable)
    {
        var period = new byte[PeriodBytes];
        new Random(10_000).NextBytes(period);
        if (printable)
        {
            foreach (ref var word in MemoryMarshal.Cast<byte, ulong>(period.AsSpan()))
                word = ToPrintable(word);
        }
        var table = new byte[PeriodBytes + MaxPieceBytes];
        for (var at = 0; at < table.Length; at += PeriodBytes)
            period.CopyTo(table, at);
        return table;
    }
}
