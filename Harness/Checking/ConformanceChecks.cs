using System.Net;
using C10k.Harness.Trials;
using C10k.Hosting;

namespace C10k.Harness.Checking;

/// <summary>A running server, as the checks see it.</summary>
/// <param name="EndPoint">Where it listens.</param>
/// <param name="Conversation">What it was told to speak.</param>
/// <param name="Info">What it says of itself.</param>
/// <param name="ServesAtOnce">How many clients it can serve at the same moment.</param>
internal sealed record CheckedServer(IPEndPoint EndPoint, string Conversation, ModelInfo Info, int ServesAtOnce);

/// <summary>One thing that every server must do.</summary>
/// <param name="Run">Throws a <see cref="TrialException"/> where it does not.</param>
/// <param name="ManyRequests">Whether it takes more than one request on a connection.</param>
internal sealed record ConformanceCheck(
    string Name,
    Func<CheckedServer, CancellationToken, Task> Run,
    bool ManyRequests = true
);

/// <summary>What must hold of a server in every conversation, see docs/process-contract.md and docs/conversations.md.</summary>
internal static class ConformanceChecks
{
    private const int Pipelined = 200;
    private const int Crowd = 500;
    private const int Resets = 20;
    private const int Talkers = 5;

    /// <summary>All but the first, which is that it starts, and the last, which is that it stops.</summary>
    public static IReadOnlyList<ConformanceCheck> All { get; } =
    [
        new("a request is answered, byte for byte", OneRequest, ManyRequests: false),
        new("requests split at every byte are answered", SplitEverywhere),
        new($"{Pipelined} requests in one segment are all answered, in order", ManyInOneSegment),
        new("a mebibyte passes through", LargeMessage),
        new("a client that half-closes gets every reply, then the end", HalfClose),
        new("a client that connects and says nothing may leave", SilentClients, ManyRequests: false),
        new("a reset in mid-message harms nobody else", ResetInTheMiddle, ManyRequests: false),
        new($"{Crowd} clients at once get their own replies", ManyClients),
    ];

    private static async Task OneRequest(CheckedServer server, CancellationToken stop)
    {
        using var client = await CheckClient.Connect(server.EndPoint, stop);
        await client.Converse(Talk.Of(server.Conversation, 1), stop);
    }

    private static async Task SplitEverywhere(CheckedServer server, CancellationToken stop)
    {
        var talk = Talk.Of(server.Conversation, 2);
        for (var cut = 1; cut < talk.Sent.Length; cut++)
        {
            using var client = await CheckClient.Connect(server.EndPoint, stop);
            await client.Converse(talk, stop, cut);
        }
        using var slow = await CheckClient.Connect(server.EndPoint, stop);
        await slow.Converse(talk, stop, [.. Enumerable.Range(1, talk.Sent.Length - 1)]);
    }

    private static async Task ManyInOneSegment(CheckedServer server, CancellationToken stop)
    {
        using var client = await CheckClient.Connect(server.EndPoint, stop);
        await client.Converse(Talk.Of(server.Conversation, Pipelined), stop);
    }

    private static async Task LargeMessage(CheckedServer server, CancellationToken stop)
    {
        using var client = await CheckClient.Connect(server.EndPoint, stop);
        await client.Converse(Talk.Large(server.Conversation), stop);
    }

    private static async Task HalfClose(CheckedServer server, CancellationToken stop)
    {
        using var client = await CheckClient.Connect(server.EndPoint, stop);
        var talk = Talk.Of(server.Conversation, 1);
        await client.Send(talk.Sent, stop);
        client.EndSending();
        await client.Expect(talk, stop);
        await client.ExpectEnd(stop);
    }

    private static async Task SilentClients(CheckedServer server, CancellationToken stop)
    {
        for (var i = 0; i < Resets; i++)
        {
            using var left = await CheckClient.Connect(server.EndPoint, stop);
            var reset = await CheckClient.Connect(server.EndPoint, stop);
            reset.Reset();
        }
        await OneRequest(server, stop);
    }

    private static async Task ResetInTheMiddle(CheckedServer server, CancellationToken stop)
    {
        var talk = Talk.Of(server.Conversation, 1);
        for (var i = 0; i < Resets; i++)
        {
            var client = await CheckClient.Connect(server.EndPoint, stop);
            await client.Send(talk.Sent.AsMemory(0, 1 + talk.Sent.Length / 2), stop);
            client.Reset();
        }
        await OneRequest(server, stop);
    }

    // Everybody is connected before the first one speaks, and everybody has spoken before the first one listens.
    private static async Task ManyClients(CheckedServer server, CancellationToken stop)
    {
        var clients = new List<CheckClient>();
        var count = Math.Min(Crowd, server.ServesAtOnce);
        var talks = Enumerable.Range(0, count).Select(number => Talk.Of(server.Conversation, 1, number)).ToList();
        try
        {
            foreach (var _ in talks)
                clients.Add(await CheckClient.Connect(server.EndPoint, stop));
            for (var i = 0; i < count; i++)
                await clients[i].Send(talks[i].Sent, stop);
            for (var i = 0; i < count; i++)
                await clients[i].Expect(talks[i], stop);
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
    }

    /// <summary>Some clients that have spoken and stay, for the server to be stopped under.</summary>
    public static async Task<IReadOnlyList<CheckClient>> ConnectTalkers(CheckedServer server, CancellationToken stop)
    {
        var clients = new List<CheckClient>();
        for (var i = 0; i < Math.Min(Talkers, server.ServesAtOnce); i++)
        {
            clients.Add(await CheckClient.Connect(server.EndPoint, stop));
            await clients[i].Converse(Talk.Of(server.Conversation, 1, i), stop);
        }
        return clients;
    }
}
