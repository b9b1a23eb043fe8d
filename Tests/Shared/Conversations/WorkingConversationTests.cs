using C10k.Conversations;
using Xunit;

namespace C10k.Tests.Shared.Conversations;

/// <summary>What a request is, each conversation says: for each the application works once, and the replies stay the same.</summary>
public sealed class WorkingConversationTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    private const string Post = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbody";
    private const string LastGet = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

    public static TheoryData<string, string[], int> Requests =>
        new()
        {
            { "echo", ["one", "two"], 2 },
            { "echo", ["one two"], 1 },
            { "hello", ["hello"], 1 },
            { "hello", ["hel", "lo"], 1 },
            { "hello", ["hello", "one", "two"], 3 },
            { "hello", ["helloone"], 2 },
            { "hello", ["other"], 0 },
            { "prefix", ["on", "e\ntwo\nth", "ree\n"], 3 },
            { "sink", ["one", "two"], 2 },
            { "bulk", ["10\n"], 1 },
            { "bulk", ["100000\n5\n", "70000\n"], 3 },
            { "bulk", ["10\nx"], 1 },
            { "http", [Get], 1 },
            { "http", [Get[..5], Get[5..]], 1 },
            { "http", [Get + Get + Get], 3 },
            { "http", [Post], 1 },
            { "http", [Post[..^2], Post[^2..] + Get], 2 },
            { "http", [LastGet + Get], 1 },
            { "http", ["GET\r\n\r\n"], 0 },
            { "http", [Get + "GET\r\n\r\n"], 1 },
            { "http", ["PUT / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n"], 0 },
            { "http", ["GET / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n", "body"], 1 },
        };

    [Theory]
    [MemberData(nameof(Requests))]
    public void Each_request_waits_once_and_is_answered_as_without_work(
        string conversation,
        string[] pieces,
        int requests
    )
    {
        var plain = Talk.With(conversation, pieces);
        var working = Working(conversation, new ApplicationWork(TimeSpan.FromMilliseconds(5), 10));
        foreach (var piece in pieces)
            working.Say(piece);
        Assert.Equal(requests, working.Waits);
        Assert.Equal(Undated(plain.RepliedText), Undated(working.RepliedText));
        Assert.Equal(plain.IsClosed, working.IsClosed);
    }

    [Fact]
    public void A_reply_is_sent_after_the_wait_and_the_next_request_is_looked_at_after_that()
    {
        var exchange = new Exchange(
            new WorkingConversation(new PrefixConversation(), new ApplicationWork(TimeSpan.FromSeconds(1), 0))
        );
        var reply = new System.Buffers.ArrayBufferWriter<byte>();
        Assert.Equal(Step.Wait(TimeSpan.FromSeconds(1)), exchange.Feed("a\nb\n"u8, reply));
        Assert.True(reply.WrittenSpan.SequenceEqual("Echo: a\n"u8));
        reply.ResetWrittenCount();
        Assert.Equal(Step.Wait(TimeSpan.FromSeconds(1)), exchange.Resume(reply));
        Assert.True(reply.WrittenSpan.SequenceEqual("Echo: b\n"u8));
        reply.ResetWrittenCount();
        Assert.Equal(Step.Continue, exchange.Resume(reply));
        Assert.Equal(0, reply.WrittenCount);
    }

    [Fact]
    public void Computing_alone_waits_for_nothing()
    {
        var talk = Working("prefix", new ApplicationWork(TimeSpan.Zero, 10)).Say("one\ntwo\n");
        Assert.Equal(0, talk.Waits);
        Assert.Equal("Echo: one\nEcho: two\n", talk.RepliedText);
    }

    private static Talk Working(string conversation, ApplicationWork work) =>
        new(new WorkingConversation(ConversationCatalogue.Find(conversation)(), work));

    // Two replies may be made in two different seconds.
    private static string Undated(string text) =>
        System.Text.RegularExpressions.Regex.Replace(text, "Date: [^\r]*", "Date:", default, TimeSpan.FromSeconds(10));
}
