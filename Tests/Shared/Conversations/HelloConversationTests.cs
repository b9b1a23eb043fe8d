using Xunit;

namespace C10k.Tests.Shared.Conversations;

public sealed class HelloConversationTests
{
    [Fact]
    public void A_greeting_is_answered_and_everything_after_it_echoed_however_it_is_cut() =>
        Assert.All(Talk.Cuts("hellohello, you\n"), pieces => Assert.Equal("hellohello, you\n", Answer(pieces)));

    [Fact]
    public void The_greeting_is_answered_when_it_is_whole()
    {
        var talk = Talk.With("hello", "hell");
        Assert.Equal("", talk.RepliedText);
        Assert.Equal("hello", talk.Say("o").RepliedText);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("Hello")]
    [InlineData("help")]
    [InlineData("hell\n")]
    public void Anything_else_closes_without_an_answer_at_the_first_wrong_byte(string greeting)
    {
        Assert.All(
            Talk.Cuts(greeting),
            pieces =>
            {
                var talk = Talk.With("hello", pieces);
                Assert.True(talk.IsClosed);
                Assert.Equal("", talk.RepliedText);
            }
        );
    }

    private static string Answer(string[] pieces) => Talk.With("hello", pieces).RepliedText;
}
