using System.Net.Sockets;
using System.Text;
using Xunit;

namespace C10k.Tests.Servers;

/// <summary>Clients that mean harm, all at once, against every model: while they are there others are served, and afterwards nothing of them is left.</summary>
[Trait("Category", "long")]
public sealed class HostileClientTests(RunningServers servers) : IClassFixture<RunningServers>
{
    private const string Get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

    private static readonly string[] SlowModes = ["-H", "-B", "-X -w 1 -y 8 -n 1 -z 1 -k 3"];

    public static TheoryData<string> Models => RunningServers.PlainModels;

    [Theory]
    [MemberData(nameof(Models))]
    public async Task A_server_outlives_them_all_and_serves_on(string model)
    {
        var server = await servers.Speaking("http", model);
        await IsServed(server);
        var sockets = ProcessTree.Sockets(server.ProcessId);

        using (var slow = await Client.ConnectMany(server.EndPoint, server.ServesAtOnce(21) - 1))
        {
            await Task.WhenAll(slow.All.Select(client => client.Send("GET / HT"u8.ToArray())));
            await Resets(server, 30);
            await Garbage(server, seed: 1);
            await EndlessHeader(server);
            await Task.WhenAll(slow.All.Select(client => client.Send("T"u8.ToArray())));
            await IsServed(server);
        }

        await IsServed(server);
        await Patience.Until(
            $"sockets are as few as before ({sockets}), or nearly",
            () => ProcessTree.Sockets(server.ProcessId) <= sockets + 3,
            () => $"there are {ProcessTree.Sockets(server.ProcessId)}"
        );
    }

    // Headers that never end, content that never comes, or a client that reads a byte a second: another one from model to model.
    [Theory]
    [MemberData(nameof(Models))]
    public async Task Slowhttptest_makes_nobody_else_wait(string model)
    {
        var server = await servers.Speaking("http", model);
        var clients = server.ServesAtOnce(31) - 1;
        Assert.SkipWhen(clients == 0, "it serves one client at a time, and waits for a slow one");
        string[] general = ["-c", $"{clients}", "-r", "100", "-i", "1", "-l", "1", "-u", $"http://{server.EndPoint}/"];
        string[] mode = SlowModes[model.Length % SlowModes.Length].Split(' ');
        var attack = Judge.Run("slowhttptest", "slowhttptest", [.. mode, .. general]);
        while (await Task.WhenAny(attack, Task.Delay(TimeSpan.FromMilliseconds(200))) != attack)
            await IsServed(server);
        Assert.Contains("Exit status:", await attack, StringComparison.Ordinal);
        await IsServed(server);
    }

    private static async Task Resets(ServerUnderTest server, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var client = await Client.Connect(server.EndPoint);
            await client.Send(Encoding.ASCII.GetBytes(i % 2 == 0 ? Get : Get[..10]));
            client.Reset();
        }
    }

    private static Task Garbage(ServerUnderTest server, int seed)
    {
        var noise = new byte[64 * 1024];
        new Random(seed).NextBytes(noise);
        return SendAndDrain(server, noise);
    }

    // More than any server that counts would take.
    private static Task EndlessHeader(ServerUnderTest server) =>
        SendAndDrain(
            server,
            Encoding.ASCII.GetBytes(
                "GET / HTTP/1.1\r\nHost: x\r\n" + string.Concat(Enumerable.Repeat("X-A: b\r\n", 20_000))
            )
        );

    private static async Task SendAndDrain(ServerUnderTest server, byte[] bytes)
    {
        using var client = await Client.Connect(server.EndPoint);
        var sending = client.Send(bytes);
        await client.DrainToEnd();
        try
        {
            await sending;
        }
        catch (SocketException) { } // It was closed while we sent.
    }

    private static async Task IsServed(ServerUnderTest server)
    {
        using var client = await Client.Connect(server.EndPoint);
        await client.Send(Encoding.ASCII.GetBytes(Get));
        Assert.Equal("HTTP/1.1 200 OK", Encoding.ASCII.GetString(await client.Receive(15)));
    }
}
