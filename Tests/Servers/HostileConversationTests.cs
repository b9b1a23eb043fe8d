using System.Net.Sockets;
using System.Text;
using C10k.Harness.Trials;
using Xunit;

namespace C10k.Tests.Servers;

/// <summary>
/// Clients that mean harm in another conversation than http: each model in one of them, and each of them in several models; in all of them
/// where <c>C10K_MATRIX=full</c> asks for it. While they are there others are served, and afterwards the connections are gone and the memory
/// is back.
/// </summary>
[Trait("Category", "long")]
public sealed class HostileConversationTests
{
    private const int MiB = 1024 * 1024;

    // What a runtime keeps for the next time: a few buffers a client, and not what they sent or asked for, which is gigabytes.
    private const long MemoryKept = 64 * MiB;

    internal static readonly string[] Conversations = ["echo", "hello", "prefix", "sink", "bulk"];

    /// <summary>Each model, in a conversation that is another from model to model, or in all.</summary>
    public static TheoryData<string, string> Pairs => HostileMatrix.Of(RunningServers.PlainModels, Conversations);

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task A_server_outlives_them_all_and_has_its_memory_back(string model, string conversation)
    {
        await using var server = await ServerUnderTest.Start(model, "--conversation", conversation);
        IsServed(server, conversation);
        var (sockets, memory) = (
            ProcessTree.Sockets(server.ProcessId),
            ProcessTree.LargestMemoryBytes(server.ProcessId)
        );
        for (var time = 0; time < 3; time++)
        {
            await Attack(server, conversation);
            await Falls("sockets", sockets + 3, () => ProcessTree.Sockets(server.ProcessId));
        }
        await Falls("bytes of memory", memory + MemoryKept, () => ProcessTree.LargestMemoryBytes(server.ProcessId));
        Assert.Equal("", server.Complaints);
    }

    /// <summary>Who comes while some are silent, and others send a request byte by byte, and never the whole of it.</summary>
    internal static IReadOnlyList<HostileKind> Kinds(string conversation, byte[] request) =>
        [
            new("connects that vanish, orderly and by a reset", server => Vanish(server, 30)),
            new("resets in the middle of a request", server => Reset(server, request, 30)),
            new(
                "noise, and sizes, lines and greetings beyond all bounds",
                server => SendAll(server, Poison(conversation))
            ),
            new("the end of sending behind a request, and nobody who reads", server => HalfOpen(server, request)),
        ];

    private static async Task Attack(ServerUnderTest server, string conversation)
    {
        var crowd = server.ServesAtOnce(41) - 1;
        using (var silent = await Client.ConnectMany(server.EndPoint, crowd / 2))
        using (var slow = await Client.ConnectMany(server.EndPoint, crowd / 2))
        {
            var request = ProbeTalk.Of(conversation, seed: 1).Request;
            await Drip(slow, request, at: 0);
            foreach (var kind in Kinds(conversation, request))
                await kind.Come(server);
            await Drip(slow, request, at: 1);
            IsServed(server, conversation);
        }
        IsServed(server, conversation);
    }

    // Byte by byte, and never a whole request.
    private static Task Drip(Clients clients, byte[] request, int at) =>
        Task.WhenAll(clients.All.Select(client => client.Send(request.AsMemory(at, 1))));

    private static async Task Vanish(ServerUnderTest server, int count)
    {
        for (var i = 0; i < count; i++)
        {
            using var left = await Client.Connect(server.EndPoint);
            (await Client.Connect(server.EndPoint)).Reset();
        }
    }

    private static async Task Reset(ServerUnderTest server, byte[] request, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var client = await Client.Connect(server.EndPoint);
            await client.Send(request.AsMemory(0, 1 + i % request.Length));
            client.Reset();
        }
    }

    // Asks, will never say more, and never reads.
    private static async Task HalfOpen(ServerUnderTest server, byte[] request)
    {
        using var client = await Client.Connect(server.EndPoint, windowBytes: 4096);
        await client.Send(request);
        client.EndSending();
    }

    // Noise, and what this conversation in particular may be hurt by: sizes, lines and greetings.
    private static IEnumerable<byte[]> Poison(string conversation)
    {
        yield return Message.Of(64 * 1024, number: 1);
        yield return new byte[64 * 1024];
        if (conversation == "bulk")
        {
            yield return "1073741824\n"u8.ToArray();
            yield return "1073741825\n"u8.ToArray();
            yield return "99999999999999999999999999999999\n"u8.ToArray();
            yield return "-1\n"u8.ToArray();
            yield return [.. Enumerable.Repeat((byte)'0', 100_000)];
        }
        else
        {
            var beginning = conversation == "hello" ? "hello" : "";
            yield return Encoding.ASCII.GetBytes(beginning + new string('x', 2 * MiB));
        }
    }

    private static async Task SendAll(ServerUnderTest server, IEnumerable<byte[]> all)
    {
        foreach (var bytes in all)
            await SendAndLeave(server, bytes);
    }

    // Does not read what comes back, and does not wait for the server to take all: what it has not taken after a while, it need not have.
    private static async Task SendAndLeave(ServerUnderTest server, byte[] bytes)
    {
        var client = await Client.Connect(server.EndPoint, windowBytes: 64 * 1024);
        try
        {
            client.SendWhatIsTaken(bytes);
        }
        catch (SocketException) { } // It was closed while we sent.
        client.Reset();
    }

    // As the bench itself sees to it before it measures anything: byte for byte, on three connections.
    private static void IsServed(ServerUnderTest server, string conversation) =>
        new ServerProbe(conversation, ServerProbe.RandomSeed()).Check(
            server.EndPoint,
            ProbeEffort.BeforeMeasuring with
            {
                Patience = Patience.Limit,
            },
            CancellationToken.None
        );

    private static Task Falls(string what, long bound, Func<long> now) =>
        Patience.Until($"{what} are {bound} at most", () => now() <= bound, () => $"there are {now()}");
}
