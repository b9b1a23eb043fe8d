using System.Text;
using C10k.Conversations;
using C10k.Harness.Checking;
using Xunit;

namespace C10k.Tests.Harness.Checking;

public class TalkTests
{
    private const string Page = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc";

    public static TheoryData<string> Conversations => [.. ConversationCatalogue.Ids];

    [Theory]
    [MemberData(nameof(Conversations))]
    public void What_the_conversation_answers_is_right_and_complete_only_at_its_end(string conversation)
    {
        foreach (var talk in (Talk[])[Talk.Of(conversation, 3), Talk.Large(conversation)])
        {
            var reply = Converse(conversation, talk.Sent);
            Assert.Equal((true, false), Outcome(talk, reply));
            foreach (var length in (int[])[0, 1, reply.Length / 2, reply.Length - 1])
            {
                if (length >= 0 && length < reply.Length)
                    Assert.Equal((false, false), Outcome(talk, reply[..length]));
            }
            Assert.Equal((false, true), Outcome(talk, [.. reply, (byte)'x']));
        }
    }

    [Theory]
    [InlineData("echo")]
    [InlineData("hello")]
    [InlineData("prefix")]
    [InlineData("bulk")]
    public void A_wrong_byte_is_seen_wherever_it_is(string conversation)
    {
        var talk = Talk.Of(conversation, 2);
        var reply = Converse(conversation, talk.Sent);
        for (var i = 0; i < reply.Length; i++)
        {
            reply[i] ^= 1;
            Assert.Equal((false, true), Outcome(talk, reply[..(i + 1)]));
            reply[i] ^= 1;
        }
    }

    [Fact]
    public void No_two_clients_say_the_same() =>
        Assert.Equal(
            500,
            Enumerable.Range(0, 500).Select(i => Convert.ToHexString(Talk.Of("echo", 1, i).Sent)).Distinct().Count()
        );

    [Theory]
    [InlineData(Page + Page, true, "all responses")]
    [InlineData(Page, false, "1 of 2 responses")]
    [InlineData(Page + "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab", false, "1 of 2 responses")]
    [InlineData("HTTP/1.1 500 Oh no\r\n\r\n", false, "response 1 is 'HTTP/1.1 500 Oh no'")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n", false, "response 1 has no Content-Length")]
    [InlineData(
        Page + "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabd",
        false,
        "response 2 has another content than the first"
    )]
    [InlineData(Page + Page + "x", false, "1 bytes came behind the last response")]
    public void Responses_are_judged_one_by_one(string received, bool isDone, string text)
    {
        var judgement = HttpResponses.Judge(Encoding.ASCII.GetBytes(received), 2);
        Assert.Equal((isDone, text), (judgement.IsDone, judgement.Text));
    }

    private static byte[] Converse(string conversation, byte[] sent) =>
        C10k.Harness.Trials.ProbeTalk.ReplyTo(conversation, sent);

    private static (bool IsDone, bool IsWrong) Outcome(Talk talk, byte[] received)
    {
        var judgement = talk.Judge(received);
        return (judgement.IsDone, judgement.IsWrong);
    }
}
