using Xunit;

namespace C10k.Tests.Servers;

/// <summary>A server that reads and never answers.</summary>
public sealed class SinkTests(RunningServers servers) : IClassFixture<RunningServers>
{
    public static TheoryData<string> Models => RunningServers.PlainModels;

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Everything_is_taken_and_nothing_answered_but_the_end(string model)
    {
        var server = await servers.Speaking("sink", model);
        using var client = await Client.Connect(server.EndPoint, windowBytes: 64 * 1024);
        await client.Send(Message.Of(4 * 1024 * 1024));
        client.EndSending();
        Assert.Empty(await client.Receive(1));
    }
}
