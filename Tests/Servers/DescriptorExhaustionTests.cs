using System.Net.Sockets;
using Xunit;

namespace C10k.Tests.Servers;

/// <summary>
/// More clients than descriptors. Nobody can serve them all; but a server neither dies of them nor spins, it goes on with those it
/// has, and takes new ones when old ones leave.
/// </summary>
[Trait("Category", "long")]
public sealed class DescriptorExhaustionTests
{
    // A runtime at rest has 50 to 60 descriptors open.
    private const int Limit = 128;
    private const int Clients = 150;

    public static TheoryData<string> AllModels => RunningServers.AllModels;

    public static TheoryData<string> Models => RunningServers.PlainModels;

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Those_who_came_first_are_served_on_and_newcomers_when_others_left(string model)
    {
        await using var server = await ServerUnderTest.StartWithDescriptors(Limit, model);
        using (var first = await Client.Connect(server.EndPoint))
        {
            await first.ExpectEcho(Message.Of(64));
            var before = ProcessTree.Sockets(server.ProcessId);
            using (await MoreClientsThanDescriptors(server))
                await first.ExpectEcho(Message.Of(64, number: 1));
            await Patience.Until(
                "their connections are closed",
                () => ProcessTree.Sockets(server.ProcessId) <= before,
                () => $"there are {ProcessTree.Sockets(server.ProcessId)} instead of {before}"
            );
        }
        var served = false;
        for (var tries = 0; tries < 100 && !served; tries++)
            served = await IsServed(server);
        Assert.True(served, $"no newcomer was served: {server.Complaints}");
    }

    // Those who left before they were accepted take their descriptors for a moment yet, and who comes then may be turned away.
    private static async Task<bool> IsServed(ServerUnderTest server)
    {
        try
        {
            var message = Message.Of(64, number: 2);
            using var newcomer = await Client.Connect(server.EndPoint);
            await newcomer.Send(message);
            var reply = await newcomer.Receive(message.Length);
            return reply.AsSpan().SequenceEqual(message);
        }
        catch (SocketException)
        {
            return false;
        }
    }

    [Theory]
    [MemberData(nameof(AllModels))]
    public Task A_server_without_a_descriptor_left_can_still_stop(string model) =>
        Stopping.InTime(async () =>
        {
            await using var server = await ServerUnderTest.StartWithDescriptors(Limit, model);
            using var clients = await MoreClientsThanDescriptors(server);
            var inTime = await server.Stops(StopBy.Sigterm);
            // A server of several processes says it once in each.
            var said = server.Complaints.Split('\n').Distinct();
            Assert.True(said.Count() == 1, $"more than one thing on stderr: {server.Complaints}");
            return inTime;
        });

    // Returns when the server has done what it can for them.
    private static async Task<Clients> MoreClientsThanDescriptors(ServerUnderTest server)
    {
        var clients = await Client.ConnectMany(server.EndPoint, Clients);
        await Task.WhenAll(clients.All.Select(SendIfPossible));
        await Quiet.Becomes(server);
        return clients;
    }

    // Who was turned away at once can no longer send.
    private static async Task SendIfPossible(Client client)
    {
        try
        {
            await client.Send(Message.Of(64));
        }
        catch (SocketException) { }
    }
}
