namespace C10k.Tests.Servers;

/// <summary>Many clients at once; in groups where a model serves only so many at the same moment.</summary>
internal static class Crowd
{
    private const int ShortestMessage = 16;
    private const int LongestMessage = 700;

    /// <summary>Each client connects, sends bytes that no other sends, must get just these back, and leaves.</summary>
    public static async Task ComesAndGoes(ServerUnderTest server, int clients)
    {
        foreach (var group in Enumerable.Range(0, clients).Chunk(server.ServesAtOnce(clients)))
            await Converse(server, group);
    }

    // Everybody is connected before the first one speaks, and everybody has spoken before the first one listens.
    private static async Task Converse(ServerUnderTest server, int[] numbers)
    {
        using var clients = await Client.ConnectMany(server.EndPoint, numbers.Length);
        var talks = clients.All.Zip(numbers.Select(OwnMessage)).ToList();
        foreach (var (client, message) in talks)
            await client.Send(message);
        foreach (var (client, message) in talks)
            await client.Expect(message);
    }

    private static byte[] OwnMessage(int number) =>
        Message.Of(ShortestMessage + number % (LongestMessage - ShortestMessage), number);
}
