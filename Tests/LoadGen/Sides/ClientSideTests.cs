using System.Net;
using C10k.Contract;
using C10k.LoadGen;
using C10k.LoadGen.Sides;
using C10k.Tests.Shared.Conversations;
using Xunit;

namespace C10k.Tests.LoadGen.Sides;

/// <summary>The clients' side of each conversation, against the servers' side of it.</summary>
public class ClientSideTests
{
    private const int ReplyBytes = 40;

    public static TheoryData<string> Answering => ["echo", "hello", "prefix", "bulk", "http"];

    // In these every reply is different; a bulk or http reply is the same for everybody.
    public static TheoryData<string> Individual => ["echo", "hello", "prefix"];

    [Theory]
    [MemberData(nameof(Answering))]
    public void The_servers_reply_is_right_however_it_is_cut(string conversation)
    {
        var first = Reply(conversation, Id(1, isFirst: true));
        Assert.Equal(ReplyState.Complete, Take(Create(conversation), Id(1, isFirst: true), [first]));
        for (var cut = 1; cut < first.Length; cut++)
            Assert.Equal(
                ReplyState.Complete,
                Take(Create(conversation), Id(1, isFirst: true), [first[..cut], first[cut..]])
            );
        Assert.Equal(ReplyState.Complete, Take(Create(conversation), Id(1, isFirst: true), first.Chunk(1)));
    }

    [Theory]
    [MemberData(nameof(Answering))]
    public void A_reply_is_complete_with_its_last_byte_and_not_before(string conversation)
    {
        var reply = Reply(conversation, Id(1, isFirst: true));
        Assert.Equal(ReplyState.Begun, Take(Create(conversation), Id(1, isFirst: true), [reply[..^1]]));
        var side = Create(conversation);
        var client = new C10k.LoadGen.Clients.Client();
        var state = side.Take(ref client, Id(1, isFirst: true), [.. reply, .. "more"u8], out var taken);
        Assert.Equal((ReplyState.Complete, reply.Length), (state, taken));
    }

    [Theory]
    [InlineData("echo")]
    [InlineData("hello")]
    [InlineData("prefix")]
    [InlineData("bulk")]
    public void Every_byte_of_a_reply_counts(string conversation)
    {
        var reply = Reply(conversation, Id(1, isFirst: true));
        for (var place = 0; place < reply.Length; place++)
        {
            reply[place] ^= 1;
            Assert.Equal(ReplyState.Wrong, Take(Create(conversation), Id(1, isFirst: true), [reply]));
            Assert.Equal(
                ReplyState.Wrong,
                Take(Create(conversation), Id(1, isFirst: true), [reply[..place], reply[place..]])
            );
            reply[place] ^= 1;
        }
    }

    [Theory]
    [MemberData(nameof(Individual))]
    public void The_reply_to_another_request_or_of_another_client_is_wrong(string conversation)
    {
        var side = Create(conversation);
        var reply = Reply(conversation, new MessageId(7, 3, false));
        Assert.Equal(ReplyState.Complete, Take(side, new MessageId(7, 3, false), [reply]));
        Assert.Equal(ReplyState.Wrong, Take(side, new MessageId(7, 2, false), [reply]));
        Assert.Equal(ReplyState.Wrong, Take(side, new MessageId(8, 3, false), [reply]));
    }

    [Theory]
    [MemberData(nameof(Answering))]
    public void A_request_may_be_written_in_pieces(string conversation)
    {
        var side = Create(conversation);
        var whole = Request(side, Id(5, isFirst: true));
        for (var cut = 1; cut < whole.Length; cut++)
        {
            var pieces = new byte[whole.Length];
            side.Write(Id(5, isFirst: true), 0, pieces.AsSpan(0, cut));
            side.Write(Id(5, isFirst: true), cut, pieces.AsSpan(cut));
            Assert.Equal(whole, pieces);
        }
    }

    [Fact]
    public void Lines_have_one_line_end_and_are_printable_before_it()
    {
        var side = Create("prefix");
        for (var sequence = 1u; sequence < 500; sequence++)
        {
            var line = Request(side, Id(sequence, isFirst: false));
            Assert.Equal((byte)'\n', line[^1]);
            Assert.All(line[..^1], letter => Assert.InRange(letter, (byte)'0', (byte)'o'));
        }
    }

    [Fact]
    public void Hello_greets_once_on_each_connection()
    {
        var side = Create("hello");
        Assert.True(Request(side, Id(9, isFirst: true)).AsSpan().StartsWith("hello"u8));
        Assert.Equal(ReplyBytes, Request(side, Id(9, isFirst: false)).Length);
    }

    [Fact]
    public void Whatever_a_sink_says_is_wrong() =>
        Assert.Equal(
            ReplyState.Wrong,
            Take(
                Create("sink"),
                Id(1, isFirst: true),
                [
                    [0],
                ]
            )
        );

    [Fact]
    public void Every_conversation_of_the_servers_has_its_clients() =>
        Assert.Equal(C10k.Conversations.ConversationCatalogue.Ids.Order(), ClientSides.Ids.Order());

    private static MessageId Id(uint sequence, bool isFirst) => new(1, sequence, isFirst);

    private static ClientSide Create(string conversation) =>
        ClientSides.Create(
            new LoadOptions(new IPEndPoint(IPAddress.Loopback, 5000), 1)
            {
                Conversation = conversation,
                Sizes = MessageSizes.Fixed(ReplyBytes),
            },
            new CommandOnce()
        );

    private static byte[] Request(ClientSide side, MessageId id)
    {
        var request = new byte[side.RequestLength(id)];
        side.Write(id, 0, request);
        return request;
    }

    private static byte[] Reply(string conversation, MessageId id)
    {
        var talk = Talk.With(conversation);
        if (conversation == "hello" && !id.IsFirst)
            talk.Say("hello");
        var before = talk.Replied.Length;
        return [.. talk.Say(Request(Create(conversation), id)).Replied[before..]];
    }

    private static ReplyState Take(ClientSide side, MessageId id, IEnumerable<byte[]> pieces)
    {
        var client = new C10k.LoadGen.Clients.Client();
        var state = ReplyState.Begun;
        foreach (var piece in pieces.Where(piece => piece.Length > 0))
        {
            Assert.Equal(ReplyState.Begun, state);
            state = side.Take(ref client, id, piece, out var taken);
            if (state == ReplyState.Wrong)
                return state;
            Assert.Equal(piece.Length, taken);
        }
        return state;
    }
}
