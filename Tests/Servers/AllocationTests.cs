using C10k.Contract;
using Xunit;

namespace C10k.Tests.Servers;

/// <summary>On its steady path no model allocates for a request, as it tells of itself.</summary>
[Trait("Category", "long")]
public sealed class AllocationTests
{
    private const int Clients = 8;
    private const int RequestsPerSlice = 4000;

    // Until the runtime has compiled the path for the last time, and every pool is filled.
    private const int MostSlices = 30;

    // Half of the smallest object: what is left to the runtime, which counts by whole buffers, and to the answer itself.
    private const double MostBytesPerRequest = 12;

    /// <summary>All whose first process, which tells, is the one that serves. The loops have a stricter test besides, see LoopServerTests.</summary>
    public static TheoryData<string> Models =>
        [.. RunningServers.PlainModels.Where(row => ServersExecutable.Find(row.Data).Family != "processes")];

    [Theory]
    [MemberData(nameof(Models))]
    public async Task A_request_allocates_nothing(string model)
    {
        var name = $"c10k-test-{Guid.NewGuid():N}";
        await using var server = await ServerUnderTest.StartThrough(["env", $"{SelfReport.Variable}={name}"], model);
        using var clients = await Client.ConnectMany(server.EndPoint, server.ServesAtOnce(Clients));
        var least = double.MaxValue;
        for (var slice = 0; slice < MostSlices && least > MostBytesPerRequest; slice++)
        {
            var before = (await SelfReporting.Of(name)).AllocatedBytes!.Value;
            await Task.WhenAll(clients.All.Select(client => Ask(client, RequestsPerSlice / clients.All.Count)));
            least = Math.Min(
                least,
                ((await SelfReporting.Of(name)).AllocatedBytes!.Value - before) / (double)RequestsPerSlice
            );
        }
        Assert.InRange(least, 0, MostBytesPerRequest);
    }

    private static async Task Ask(Client client, int requests)
    {
        var message = Message.Of(64);
        for (var request = 0; request < requests; request++)
            await client.ExpectEcho(message);
    }
}
