using System.Buffers;
using C10k.Conversations;
using Xunit;

namespace C10k.Tests.Shared.Conversations;

public sealed class EchoConversationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(100_000)]
    public void Every_byte_comes_back_and_the_conversation_goes_on(int length)
    {
        var received = new byte[length];
        new Random(length).NextBytes(received);
        var reply = new ArrayBufferWriter<byte>();
        var step = new EchoConversation().OnReceived(received, reply, out var consumed);
        Assert.Equal(Step.Continue, step);
        Assert.Equal(length, consumed);
        Assert.True(reply.WrittenSpan.SequenceEqual(received));
    }

    // One instance serves all connections.
    [Fact]
    public void Two_connections_do_not_mix()
    {
        var factory = ConversationCatalogue.Find("echo");
        var (first, second) = (new Exchange(factory()), new Exchange(factory()));
        var (firstReply, secondReply) = (new ArrayBufferWriter<byte>(), new ArrayBufferWriter<byte>());
        first.Feed("a"u8, firstReply);
        second.Feed("b"u8, secondReply);
        first.Feed("c"u8, firstReply);
        Assert.Equal("ac"u8.ToArray(), firstReply.WrittenSpan.ToArray());
        Assert.Equal("b"u8.ToArray(), secondReply.WrittenSpan.ToArray());
    }
}
