using C10k.LoadGen.Sides;
using Xunit;

namespace C10k.Tests.LoadGen;

public class MessagePatternTests
{
    private readonly MessagePattern _pattern = new();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(40)]
    public void A_message_is_the_same_in_whatever_pieces_it_is_made_and_checked(int length)
    {
        var whole = Make(connection: 3, sequence: 5, length);
        for (var first = 0; first <= length; first++)
        {
            for (var second = first; second <= length; second++)
            {
                var pieced = new byte[length];
                foreach (var (from, to) in ((int, int)[])[(0, first), (first, second), (second, length)])
                {
                    _pattern.Write(3, 5, from, pieced.AsSpan(from, to - from));
                    Assert.True(_pattern.Matches(3, 5, from, whole.AsSpan(from, to - from)));
                }
                Assert.Equal(whole, pieced);
            }
        }
    }

    [Fact]
    public void A_corrupt_byte_is_found_wherever_it_stands()
    {
        var message = Make(connection: 0, sequence: 1, 300);
        for (var place = 0; place < message.Length; place++)
        {
            foreach (var mask in (byte[])[1, 0x80, 0xFF])
            {
                message[place] ^= mask;
                Assert.False(_pattern.Matches(0, 1, 0, message));
                Assert.False(_pattern.Matches(0, 1, place, message.AsSpan(place, 1)));
                message[place] ^= mask;
            }
        }
        Assert.True(_pattern.Matches(0, 1, 0, message));
    }

    [Fact]
    public void A_byte_that_is_lost_or_doubled_is_found()
    {
        var message = Make(connection: 9, sequence: 2, 100);
        for (var place = 0; place < 99; place++)
        {
            byte[] without = [.. message[..place], .. message[(place + 1)..]];
            byte[] doubled = [.. message[..(place + 1)], .. message[place..]];
            Assert.False(_pattern.Matches(9, 2, 0, without));
            Assert.False(_pattern.Matches(9, 2, 0, doubled.AsSpan(0, 100)));
        }
    }

    [Fact]
    public void Every_message_of_every_connection_is_another()
    {
        var seen = new HashSet<ulong>();
        for (var connection = 0; connection < 300; connection++)
        {
            for (var sequence = 1u; sequence <= 300; sequence++)
                Assert.True(seen.Add(BitConverter.ToUInt64(Make(connection, sequence, 8))));
        }
    }

    [Theory]
    [InlineData(8, 0)]
    [InlineData(2, 300)]
    public void Short_messages_differ_mostly_or_always(int length, int mayMatch)
    {
        var matches = 0;
        for (var other = 1; other <= 10_000; other++)
        {
            matches += _pattern.Matches(0, 1, 0, Make(other, 1, length)) ? 1 : 0;
            matches += _pattern.Matches(0, 1, 0, Make(0, 1 + (uint)other, length)) ? 1 : 0;
        }
        Assert.InRange(matches, 0, mayMatch);
    }

    [Fact]
    public void A_message_longer_than_a_piece_is_checked_to_its_last_byte()
    {
        const int Length = 5 * MessagePattern.MaxPieceBytes / 2;
        var message = new byte[Length];
        for (var position = 0; position < Length; position += MessagePattern.MaxPieceBytes)
            _pattern.Write(1, 1, position, PieceOf(message, position));
        foreach (
            var place in (int[])[0, 7, 8, MessagePattern.MaxPieceBytes - 1, MessagePattern.MaxPieceBytes, Length - 1]
        )
        {
            var position = place / MessagePattern.MaxPieceBytes * MessagePattern.MaxPieceBytes;
            Assert.True(_pattern.Matches(1, 1, position, PieceOf(message, position)));
            message[place] ^= 1;
            Assert.False(_pattern.Matches(1, 1, position, PieceOf(message, position)));
            message[place] ^= 1;
        }

        static Span<byte> PieceOf(byte[] message, int position) =>
            message.AsSpan(position, Math.Min(MessagePattern.MaxPieceBytes, message.Length - position));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_whole_message_is_the_same_as_its_pieces(bool printable)
    {
        var pattern = new MessagePattern(printable);
        for (var length = MessagePattern.HeaderBytes; length < 200; length++)
        {
            var (whole, pieces) = (new byte[length], new byte[length]);
            pattern.WriteWhole(length, 3, whole);
            pattern.Write(length, 3, 0, pieces);
            Assert.Equal(pieces, whole);
            Assert.True(pattern.MatchesWhole(length, 3, whole));
            Assert.False(pattern.MatchesWhole(length, 4, whole));
            whole[^1] ^= 1;
            Assert.False(pattern.MatchesWhole(length, 3, whole));
            whole[^1] ^= 1;
            whole[0] ^= 1;
            Assert.False(pattern.MatchesWhole(length, 3, whole));
        }
    }

    private byte[] Make(int connection, uint sequence, int length)
    {
        var message = new byte[length];
        _pattern.Write(connection, sequence, 0, message);
        return message;
    }
}
