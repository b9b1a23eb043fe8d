using Xunit;

namespace C10k.Tests.Shared.Conversations;

public sealed class SinkConversationTests
{
    [Fact]
    public void Nothing_is_ever_answered_and_nothing_closes()
    {
        var talk = Talk.With("sink", "hello", "GET / HTTP/1.1\r\n\r\n", "\n", new string('x', 100_000));
        Assert.Equal("", talk.RepliedText);
        Assert.False(talk.IsClosed);
    }
}
