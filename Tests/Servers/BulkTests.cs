using System.Text;
using C10k.Conversations;
using Xunit;

namespace C10k.Tests.Servers;

/// <summary>Replies far longer than any buffer: they must come as fast as they are read, and not be made faster than that.</summary>
public sealed class BulkTests(RunningServers servers) : IClassFixture<RunningServers>
{
    private const int MiB = 1024 * 1024;

    public static TheoryData<string> Models => RunningServers.Models;

    [Theory]
    [MemberData(nameof(Models))]
    public async Task As_many_bytes_come_as_were_asked_for_and_they_are_right(string model)
    {
        var server = await servers.Speaking("bulk", model);
        using var client = await Client.Connect(server.EndPoint);
        await client.Send("1\n0\n1048576\n16384\n"u8.ToArray());
        await ExpectPattern(client, 1);
        await ExpectPattern(client, MiB);
        await ExpectPattern(client, 16_384);
        await client.Send("5\n"u8.ToArray());
        await ExpectPattern(client, 5);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task A_client_that_does_not_read_costs_neither_memory_nor_cpu_and_holds_nobody_up(string model)
    {
        const int Size = 256 * MiB;
        var server = await servers.Speaking("bulk", model);
        await Download(server, MiB);
        var before = ProcessTree.MemoryBytes(server.ProcessId);

        using var stalled = await Client.Connect(server.EndPoint, windowBytes: 64 * 1024);
        await stalled.Send(Encoding.ASCII.GetBytes($"{Size}\n"));
        await ExpectPattern(stalled, 1000);
        await Quiet.Becomes(server);
        if (server.ServesAtOnce(2) > 1)
            await Download(server, MiB);
        Assert.InRange(ProcessTree.MemoryBytes(server.ProcessId) - before, long.MinValue, 64 * MiB);

        for (var offset = 1000L; offset < 8 * MiB; offset += MiB)
            Assert.True(BulkPattern.Matches(offset, await stalled.Receive(MiB)));
        stalled.Reset();
        await Download(server, MiB);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task A_long_download_holds_nobody_up(string model)
    {
        var server = await servers.Speaking("bulk", model);
        Assert.SkipWhen(server.ServesAtOnce(2) < 2, "it serves one client at a time");
        using var reader = await Client.Connect(server.EndPoint);
        await reader.Send("1073741824\n"u8.ToArray());
        using var enough = new CancellationTokenSource();
        var reading = Task.Run(async () =>
        {
            var offset = 0L;
            for (; offset < 1 << 30 && !enough.IsCancellationRequested; offset += MiB)
                await reader.Receive(MiB);
            return offset;
        });
        await Download(server, MiB);
        await Download(server, 1);
        await enough.CancelAsync();
        Assert.InRange(await reading, 0, (1L << 30) - 1);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Whoever_asks_for_something_else_gets_the_end(string model)
    {
        var server = await servers.Speaking("bulk", model);
        using var client = await Client.Connect(server.EndPoint);
        await client.Send("100000\nmore\n"u8.ToArray());
        await ExpectPattern(client, 100_000);
        Assert.Empty(await client.Receive(1));
    }

    private static async Task Download(ServerUnderTest server, int size)
    {
        using var client = await Client.Connect(server.EndPoint);
        await client.Send(Encoding.ASCII.GetBytes($"{size}\n"));
        await ExpectPattern(client, size);
    }

    private static async Task ExpectPattern(Client client, int size)
    {
        var received = await client.Receive(size);
        Assert.Equal(size, received.Length);
        Assert.True(BulkPattern.Matches(0, received));
    }
}
