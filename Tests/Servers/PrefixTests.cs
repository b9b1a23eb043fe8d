using Xunit;

namespace C10k.Tests.Servers;

/// <summary>Messages that end with a line feed mean the same however they are cut, and the answers are longer than they are.</summary>
public sealed class PrefixTests(RunningServers servers) : IClassFixture<RunningServers>
{
    public static TheoryData<string> Models => RunningServers.PlainModels;

    public static TheoryData<string> HalfClosingModels => RunningServers.HalfClosingModels;

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Each_message_is_answered_by_itself_when_it_is_whole(string model)
    {
        var server = await servers.Speaking("prefix", model);
        using var client = await Client.Connect(server.EndPoint);
        await client.Send("one\ntw"u8.ToArray());
        await client.Expect("Echo: one\n"u8.ToArray());
        await client.Send("o\n\nthree\nf"u8.ToArray());
        await client.Expect("Echo: two\nEcho: \nEcho: three\n"u8.ToArray());
        await client.Send("our\n"u8.ToArray());
        await client.Expect("Echo: four\n"u8.ToArray());
    }

    // Answers that are seven times as long as what they answer: no buffer may be taken for large enough.
    [Theory]
    [MemberData(nameof(Models))]
    public async Task Many_empty_messages_in_a_row_get_their_long_answers(string model)
    {
        var server = await servers.Speaking("prefix", model);
        using var client = await Client.Connect(server.EndPoint);
        var lines = new string('\n', 100_000);
        var sending = client.Send(System.Text.Encoding.ASCII.GetBytes(lines));
        await client.Expect(
            System.Text.Encoding.ASCII.GetBytes(lines.Replace("\n", "Echo: \n", StringComparison.Ordinal))
        );
        await sending;
    }

    // The client is still sending when the server closes; nothing of what it was answered before may be lost by that.
    [Theory]
    [MemberData(nameof(HalfClosingModels))]
    public async Task A_message_without_end_gets_the_end_behind_all_replies(string model)
    {
        var server = await servers.Speaking("prefix", model);
        using var client = await Client.Connect(server.EndPoint);
        await client.Send((byte[])[.. "one\n"u8, .. new byte[1024 * 1024]]);
        await client.Expect("Echo: one\n"u8.ToArray());
        Assert.Empty(await client.Receive(1));
    }
}
