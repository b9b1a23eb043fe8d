using System.Net.Sockets;
using System.Text;
using Xunit;

namespace C10k.Tests.Servers;

/// <summary>Clients that mean harm, all at once, against every model: while they are there others are served, and afterwards nothing of them is left.</summary>
[Trait("Category", "long")]
public sealed class HostileClientTests(RunningServers servers) : IClassFixture<RunningServers>
{
    private const string Get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    private const string Post = "POST / HTTP/1.1\r\nHost: x\r\n";

    // What a runtime keeps for the next time, and not what was declared or sent.
    private const long MemoryKept = 64L << 20;

    /// <summary>Who comes while others send a request byte by byte, and never the whole of it.</summary>
    internal static IReadOnlyList<HostileKind> Kinds { get; } =
    [
        new("resets, behind a request and in the middle of one", server => Resets(server, 30)),
        new("noise", server => Garbage(server, seed: 1)),
        new("headers without end", EndlessHeader),
        new("declared sizes beyond all bounds", HugeDeclaredSizes),
        new("the end of sending in the middle of a request, and nobody who reads", HalfOpen),
    ];

    // Headers that never end, content that never comes, a client that reads a byte a second.
    internal static readonly string[] SlowModes = ["-H", "-B", "-X -w 1 -y 8 -n 1 -z 1 -k 3"];

    public static TheoryData<string> Models => RunningServers.PlainModels;

    public static TheoryData<string, string> ModelsAndSlowModes => HostileMatrix.Of(Models, SlowModes);

    [Theory]
    [MemberData(nameof(Models))]
    public async Task A_server_outlives_them_all_and_serves_on(string model)
    {
        var server = await servers.Speaking("http", model);
        await IsServed(server);
        var (sockets, memory) = (
            ProcessTree.Sockets(server.ProcessId),
            ProcessTree.LargestMemoryBytes(server.ProcessId)
        );

        using (var slow = await Client.ConnectMany(server.EndPoint, server.ServesAtOnce(21) - 1))
        {
            await Task.WhenAll(slow.All.Select(client => client.Send("GET / HT"u8.ToArray())));
            foreach (var kind in Kinds)
                await kind.Come(server);
            await Task.WhenAll(slow.All.Select(client => client.Send("T"u8.ToArray())));
            await IsServed(server);
        }

        await IsServed(server);
        await Patience.Until(
            $"sockets are as few as before ({sockets}), or nearly",
            () => ProcessTree.Sockets(server.ProcessId) <= sockets + 3,
            () => $"there are {ProcessTree.Sockets(server.ProcessId)}"
        );
        await Patience.Until(
            $"memory is as little as before ({memory}), or nearly",
            () => ProcessTree.LargestMemoryBytes(server.ProcessId) <= memory + MemoryKept,
            () => $"it is {ProcessTree.LargestMemoryBytes(server.ProcessId)}"
        );
    }

    [Theory]
    [MemberData(nameof(ModelsAndSlowModes))]
    public async Task Slowhttptest_makes_nobody_else_wait(string model, string slowMode)
    {
        var server = await servers.Speaking("http", model);
        var clients = server.ServesAtOnce(31) - 1;
        Assert.SkipWhen(clients == 0, "it serves one client at a time, and waits for a slow one");
        string[] general = ["-c", $"{clients}", "-r", "100", "-i", "1", "-l", "1", "-u", $"http://{server.EndPoint}/"];
        string[] mode = slowMode.Split(' ');
        var attack = Judge.Run("slowhttptest", "slowhttptest", [.. mode, .. general]);
        while (await Task.WhenAny(attack, Task.Delay(TimeSpan.FromMilliseconds(200))) != attack)
            await IsServed(server);
        Assert.Contains("Exit status:", await attack, StringComparison.Ordinal);
        await IsServed(server);
    }

    // What slowhttptest asks for in its slow read fits into the buffers of any kernel: nobody ever waits for it to read. Here it does not.
    [Theory]
    [MemberData(nameof(Models))]
    public async Task Who_asks_on_and_on_and_never_reads_costs_neither_CPU_time_nor_memory(string model)
    {
        const int Many = 1000;
        var server = await servers.Speaking("http", model);
        await IsServed(server);
        var memory = ProcessTree.LargestMemoryBytes(server.ProcessId) + MemoryKept;
        using (var greedy = await Client.Connect(server.EndPoint, windowBytes: 4096))
        {
            // From then on the server knows of it, and is only slow where it takes nothing for a while.
            await GetsPage(greedy);
            var requests = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(Get, Many)));
            Assert.InRange(greedy.SendUntilRefused(requests, waitMs: 5000) / Get.Length, 10 * Many, long.MaxValue);
            if (server.ServesAtOnce(2) > 1)
                await IsServed(server);
            await Quiet.Becomes(server);
            Assert.InRange(ProcessTree.LargestMemoryBytes(server.ProcessId), 0, memory);
        }
        await IsServed(server);
        await Quiet.Becomes(server);
        Assert.InRange(ProcessTree.LargestMemoryBytes(server.ProcessId), 0, memory);
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

    // Terabytes, and more than any number holds: whatever a server makes of that, it must not make room for it.
    private static async Task HugeDeclaredSizes(ServerUnderTest server)
    {
        foreach (var size in (string[])["9999999999999", "99999999999999999999999999"])
        {
            await SendAndDrain(server, Encoding.ASCII.GetBytes(Post + $"Content-Length: {size}\r\n\r\nx"));
            await SendAndDrain(
                server,
                Encoding.ASCII.GetBytes(Post + $"Transfer-Encoding: chunked\r\n\r\n{size}\r\nx")
            );
        }
    }

    // They say that nothing more will come, in the middle of a request and behind it, and stay, and do not read.
    private static async Task HalfOpen(ServerUnderTest server)
    {
        using var clients = await Client.ConnectMany(server.EndPoint, Math.Max(1, server.ServesAtOnce(21) / 2));
        foreach (var (client, number) in clients.All.Select((client, number) => (client, number)))
        {
            await client.Send(Encoding.ASCII.GetBytes(number % 2 == 0 ? Get : Get[..10]));
            client.EndSending();
        }
        await IsServed(server);
    }

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
        await GetsPage(client);
    }

    private static async Task GetsPage(Client client)
    {
        await client.Send(Encoding.ASCII.GetBytes(Get));
        Assert.Equal("HTTP/1.1 200 OK", Encoding.ASCII.GetString(await client.Receive(15)));
    }
}
