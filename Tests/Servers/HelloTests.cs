using Xunit;

namespace C10k.Tests.Servers;

/// <summary>Something has to be remembered of each connection: whether it was greeted.</summary>
public sealed class HelloTests(RunningServers servers) : IClassFixture<RunningServers>
{
    public static TheoryData<string> Models => RunningServers.PlainModels;

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Each_client_is_greeted_by_itself_and_echoed_then(string model)
    {
        var server = await servers.Speaking("hello", model);
        using var clients = await Client.ConnectMany(server.EndPoint, server.ServesAtOnce(10));
        foreach (var client in clients.All)
            await client.ExpectEcho("hello"u8.ToArray());
        foreach (var (client, number) in clients.All.Select((client, number) => (client, number)))
            await client.ExpectEcho(Message.Of(64, number));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task A_greeting_may_come_in_pieces_with_more_behind_it(string model)
    {
        var server = await servers.Speaking("hello", model);
        using var client = await Client.Connect(server.EndPoint);
        await client.Send("he"u8.ToArray());
        await client.Send("llohello, world"u8.ToArray());
        await client.Expect("hellohello, world"u8.ToArray());
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Whoever_greets_otherwise_gets_the_end_and_nobody_else_does(string model)
    {
        var server = await servers.Speaking("hello", model);
        using var others = await Client.ConnectMany(server.EndPoint, server.ServesAtOnce(2) - 1);
        foreach (var other in others.All)
            await other.ExpectEcho("hello"u8.ToArray());

        using (var rude = await Client.Connect(server.EndPoint))
        {
            await rude.Send("other"u8.ToArray());
            Assert.Empty(await rude.Receive(1));
        }
        foreach (var other in others.All)
            await other.ExpectEcho("hello"u8.ToArray());
    }
}
