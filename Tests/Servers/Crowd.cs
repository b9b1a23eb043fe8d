namespace C10k.Tests.Servers;

/// <summary>Many clients at once; in groups where a model serves only so many at the same moment.</summary>
internal static class Crowd
{
    private const int ShortestMessage = 16;
    private const int LongestMessage = 700;

    // Far less than a backlog, so that no connect is dropped.
    private const int AtOnce = 500;

    /// <summary>Each client connects, sends bytes that no other sends, must get just these back, and leaves.</summary>
    public static async Task ComesAndGoes(ServerUnderTest server, int clients)
    {
        foreach (var group in Enumerable.Range(0, clients).Chunk(server.ServesAtOnce(clients)))
            await Converse(server, group);
    }

    /// <summary>Each client connects, sends, and leaves with a reset at once, whether it was answered or not.</summary>
    public static async Task AsksAndResets(ServerUnderTest server, int clients)
    {
        foreach (var group in Enumerable.Range(0, clients).Chunk(server.ServesAtOnce(clients)))
        {
            using var all = await Client.ConnectMany(server.EndPoint, group.Length);
            foreach (var (client, number) in all.All.Zip(group))
            {
                await client.Send(OwnMessage(number));
                client.Reset();
            }
        }
    }

    /// <summary>Each client connects, is served as in <see cref="ComesAndGoes"/>, and stays.</summary>
    public static async Task<Clients> Comes(ServerUnderTest server, int clients)
    {
        var all = new List<Client>(clients);
        foreach (var group in Enumerable.Range(0, clients).Chunk(AtOnce))
            all.AddRange((await Talk(server, group)).All);
        return new Clients(all);
    }

    private static async Task Converse(ServerUnderTest server, int[] numbers) =>
        (await Talk(server, numbers)).Dispose();

    // Everybody is connected before the first one speaks, and everybody has spoken before the first one listens.
    private static async Task<Clients> Talk(ServerUnderTest server, int[] numbers)
    {
        var clients = await Client.ConnectMany(server.EndPoint, numbers.Length);
        var talks = clients.All.Zip(numbers.Select(OwnMessage)).ToList();
        foreach (var (client, message) in talks)
            await client.Send(message);
        foreach (var (client, message) in talks)
            await client.Expect(message);
        return clients;
    }

    private static byte[] OwnMessage(int number) =>
        Message.Of(ShortestMessage + number % (LongestMessage - ShortestMessage), number);
}
