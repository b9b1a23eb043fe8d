using System.Globalization;
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
        int before;
        using (var first = await Client.Connect(server.EndPoint))
        {
            await first.ExpectEcho(Message.Of(64));
            before = ProcessTree.Sockets(server.ProcessId);
            using (await MoreClientsThanDescriptors(server))
                await first.ExpectEcho(Message.Of(64, number: 1));
            await Patience.Until(
                "their connections are closed",
                () => ProcessTree.Sockets(server.ProcessId) <= before,
                () => $"there are {ProcessTree.Sockets(server.ProcessId)} instead of {before}"
            );
        }
        // Those who left before they were accepted hold descriptors, too, when their turn comes.
        await Patience.Until(
            "nobody who left is to be accepted yet",
            () => Unaccepted(server) == 0 && ProcessTree.Sockets(server.ProcessId) <= before,
            () => $"{Unaccepted(server)} are"
        );
        using var newcomer = await Client.Connect(server.EndPoint);
        await newcomer.ExpectEcho(Message.Of(64, number: 2));
    }

    // The receive queue of a listening socket is its accept queue, see proc_pid_net(5).
    private static int Unaccepted(ServerUnderTest server) =>
        File.ReadLines("/proc/net/tcp")
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(row => row[1].EndsWith($":{server.EndPoint.Port:X4}", StringComparison.Ordinal) && row[3] == "0A")
            .Sum(row => int.Parse(row[4].Split(':')[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture));

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
