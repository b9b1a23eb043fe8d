using C10k.Conversations;
using Xunit;

namespace C10k.Tests.Shared.Conversations;

public sealed class PrefixConversationTests
{
    [Theory]
    [InlineData("\n", "Echo: \n")]
    [InlineData("one\n", "Echo: one\n")]
    [InlineData("one\r\n\ntwo\n", "Echo: one\r\nEcho: \nEcho: two\n")]
    [InlineData("one\ntw", "Echo: one\n")]
    public void Each_line_is_answered_by_itself_with_the_prefix_however_it_is_cut(string lines, string expected) =>
        Assert.All(Talk.Cuts(lines), pieces => Assert.Equal(expected, Talk.With("prefix", pieces).RepliedText));

    [Theory]
    [InlineData(1)]
    [InlineData(4096)]
    public void A_line_of_the_greatest_length_is_answered(int pieceLength)
    {
        var line = new string('x', PrefixConversation.MaxMessageBytes - 1) + "\n";
        var talk = Talk.With("prefix", [.. line.Chunk(pieceLength).Select(piece => new string(piece))]);
        Assert.Equal($"Echo: {line}", talk.RepliedText);
        Assert.False(talk.IsClosed);
    }

    [Theory]
    [InlineData(PrefixConversation.MaxMessageBytes, "")]
    [InlineData(PrefixConversation.MaxMessageBytes, "\n")]
    [InlineData(PrefixConversation.MaxMessageBytes + 1, "\n")]
    public void A_longer_line_closes_without_an_answer(int length, string end)
    {
        var line = new string('x', length) + end;
        Assert.All(
            [new[] { line }, [line[..1000], line[1000..]], [.. line.Chunk(4096).Select(piece => new string(piece))]],
            pieces =>
            {
                var talk = Talk.With("prefix", ["first\n", .. pieces]);
                Assert.True(talk.IsClosed);
                Assert.Equal("Echo: first\n", talk.RepliedText);
            }
        );
    }
}
