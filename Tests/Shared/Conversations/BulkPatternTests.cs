using C10k.Conversations;
using Xunit;

namespace C10k.Tests.Shared.Conversations;

public sealed class BulkPatternTests
{
    // As docs/conversations.md gives it to those who write servers elsewhere.
    [Fact]
    public void Every_byte_is_the_one_that_is_written_down()
    {
        for (var offset = 0; offset < 3 * 4099; offset++)
        {
            var p = (ulong)(offset % 4099);
            Assert.Equal((byte)((p * p * 2654435761 & 0xFFFFFFFF) >> 24), BulkPattern.Slice(offset, 1)[0]);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4098)]
    [InlineData((1L << 30) - 1)]
    public void A_slice_of_the_greatest_length_is_where_it_should_be(long offset)
    {
        var slice = BulkPattern.Slice(offset, BulkPattern.MaxSliceBytes);
        Assert.Equal(BulkPattern.MaxSliceBytes, slice.Length);
        for (var i = 0; i < slice.Length; i++)
            Assert.Equal(BulkPattern.Slice(offset + i, 1)[0], slice[i]);
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(5000, 200_000)]
    public void A_wrong_byte_is_found_wherever_it_is(long offset, int length)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
            bytes[i] = BulkPattern.Slice(offset + i, 1)[0];
        Assert.True(BulkPattern.Matches(offset, bytes));
        foreach (var wrong in (int[])[0, length / 2, length - 1])
        {
            bytes[wrong] ^= 1;
            Assert.False(BulkPattern.Matches(offset, bytes));
            bytes[wrong] ^= 1;
        }
    }

    // What goes wrong in servers are blocks: a page too few, a buffer sent twice.
    [Fact]
    public void No_shift_by_a_block_looks_right()
    {
        for (var block = 1L; block <= 1L << 30; block *= 2)
            Assert.False(BulkPattern.Matches(block, BulkPattern.Slice(0, 16)));
    }
}
