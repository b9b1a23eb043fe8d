using C10k.Conversations;
using Xunit;

namespace C10k.Tests.Shared.Conversations;

public sealed class BulkConversationTests
{
    [Theory]
    [InlineData("0\n", 0)]
    [InlineData("1\n", 1)]
    [InlineData("007\n", 7)]
    [InlineData("16384\n", 16_384)]
    [InlineData("16385\n", 16_385)]
    [InlineData("1000000\n", 1_000_000)]
    public void As_many_bytes_come_as_were_asked_for_however_the_request_is_cut(string request, int expected) =>
        Assert.All(
            Talk.Cuts(request),
            pieces =>
            {
                var talk = Talk.With("bulk", pieces);
                Assert.False(talk.IsClosed);
                Assert.Equal(expected, talk.Replied.Length);
                Assert.True(BulkPattern.Matches(0, talk.Replied));
            }
        );

    [Fact]
    public void Each_of_several_requests_begins_the_pattern_anew()
    {
        var talk = Talk.With("bulk", "3\n70000\n5\n");
        Assert.Equal(70_008, talk.Replied.Length);
        Assert.True(BulkPattern.Matches(0, talk.Replied[..3]));
        Assert.True(BulkPattern.Matches(0, talk.Replied[3..^5]));
        Assert.True(BulkPattern.Matches(0, talk.Replied[^5..]));
    }

    [Fact]
    public void A_large_reply_comes_in_pieces_as_the_client_takes_them()
    {
        var talk = Talk.With("bulk", "1048576\n");
        Assert.InRange(talk.Pieces, 10, 100);
    }

    [Fact]
    public void The_greatest_size_is_a_gibibyte()
    {
        var conversation = new BulkConversation();
        var reply = new System.Buffers.ArrayBufferWriter<byte>();
        Assert.Equal(Step.More, conversation.OnReceived("1073741824\n"u8, reply, out var consumed));
        Assert.Equal(11, consumed);
        Assert.Equal(Step.Close, new BulkConversation().OnReceived("1073741825\n"u8, reply, out _));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("x")]
    [InlineData("-1\n")]
    [InlineData("1x")]
    [InlineData("1\r\n")]
    [InlineData(" 1\n")]
    [InlineData("1k\n")]
    [InlineData("1073741825\n")]
    [InlineData("9999999999\n")]
    [InlineData("10000000000")]
    [InlineData("00000000001\n")]
    public void Anything_else_closes_without_an_answer(string request) =>
        Assert.All(
            Talk.Cuts(request),
            pieces =>
            {
                var talk = Talk.With("bulk", pieces);
                Assert.True(talk.IsClosed);
                Assert.Equal("", talk.RepliedText);
            }
        );
}
