using System.Buffers;
using System.Text;
using C10k.Conversations;
using Xunit;

namespace C10k.Tests.Shared.Conversations;

/// <summary>However the network cuts the bytes, a conversation answers as if they had come in one piece.</summary>
public sealed class ExchangeTests
{
    private const string ThreeLines = "one\ntwo\nthree\n";
    private const string ThreeReplies = "<one><two><three>";

    [Fact]
    public void Lines_that_come_together_are_answered_in_order() => Assert.Equal(ThreeReplies, Replies(ThreeLines));

    [Fact]
    public void Lines_cut_in_two_anywhere_are_put_together()
    {
        for (var cut = 0; cut <= ThreeLines.Length; cut++)
            Assert.Equal(ThreeReplies, Replies(ThreeLines[..cut], ThreeLines[cut..]));
    }

    [Fact]
    public void Lines_that_come_byte_by_byte_are_put_together() =>
        Assert.Equal(ThreeReplies, Replies([.. ThreeLines.Select(letter => $"{letter}")]));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Cuts_at_random_change_nothing(int seed)
    {
        var random = new Random(seed);
        var text = string.Concat(Enumerable.Range(0, 300).Select(i => new string('a', random.Next(40)) + $"{i}\n"));
        for (var i = 0; i < 50; i++)
            Assert.Equal(Replies(text), Replies(CutAtRandom(text, random)));
    }

    [Fact]
    public void A_long_line_in_many_pieces_is_put_together()
    {
        var piece = new string('x', 4096);
        Assert.Equal(
            $"<{string.Concat(Enumerable.Repeat(piece, 64))}>",
            Replies([.. Enumerable.Repeat(piece, 64), "\n"])
        );
    }

    [Fact]
    public void A_line_is_answered_when_it_is_whole_and_not_later()
    {
        var exchange = new Exchange(new LineConversation());
        Assert.Equal("", Feed(exchange, "on", Step.Continue));
        Assert.Equal("<one>", Feed(exchange, "e\ntw", Step.Continue));
        Assert.Equal("<two>", Feed(exchange, "o\n", Step.Continue));
        Assert.Equal("", Feed(exchange, "", Step.Continue));
    }

    [Fact]
    public void What_stands_behind_the_last_word_is_not_answered()
    {
        var exchange = new Exchange(new LineConversation());
        Assert.Equal("<one><bye>", Feed(exchange, "one\nbye\ntwo\n", Step.Close));
    }

    [Fact]
    public void The_last_word_may_be_cut_too()
    {
        var exchange = new Exchange(new LineConversation());
        Assert.Equal("<one>", Feed(exchange, "one\nby", Step.Continue));
        Assert.Equal("<bye>", Feed(exchange, "e\n", Step.Close));
    }

    // The contract says so, and conversations rely on it.
    [Fact]
    public void A_conversation_is_never_offered_nothing()
    {
        var exchange = new Exchange(new LineConversation());
        foreach (var piece in (string[])["", "one\n", "", "tw", "", "o\n", ""])
            exchange.Feed(Encoding.ASCII.GetBytes(piece), new ArrayBufferWriter<byte>());
    }

    private static string[] CutAtRandom(string text, Random random)
    {
        var pieces = new List<string>();
        for (var at = 0; at < text.Length; at += pieces[^1].Length)
            pieces.Add(text.Substring(at, Math.Min(random.Next(1, 100), text.Length - at)));
        return [.. pieces];
    }

    private static string Replies(params string[] pieces)
    {
        var exchange = new Exchange(new LineConversation());
        return string.Concat(pieces.Select(piece => Feed(exchange, piece, Step.Continue)));
    }

    private static string Feed(Exchange exchange, string received, Step expected)
    {
        var reply = new ArrayBufferWriter<byte>();
        Assert.Equal(expected, exchange.Feed(Encoding.ASCII.GetBytes(received), reply));
        return Encoding.ASCII.GetString(reply.WrittenSpan);
    }

    /// <summary>Answers each line by the line in brackets, one line a call, and closes after "bye".</summary>
    private sealed class LineConversation : IConversation
    {
        public Step OnReceived(ReadOnlySpan<byte> received, IBufferWriter<byte> reply, out int consumed)
        {
            Assert.False(received.IsEmpty);
            consumed = received.IndexOf((byte)'\n') + 1;
            if (consumed == 0)
                return Step.Continue;
            var line = received[..(consumed - 1)];
            reply.Write([(byte)'<', .. line, (byte)'>']);
            return line.SequenceEqual("bye"u8) ? Step.Close : Step.Continue;
        }
    }
}
