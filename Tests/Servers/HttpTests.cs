using System.Text;
using Xunit;

namespace C10k.Tests.Servers;

/// <summary>HTTP over real connections: what closing, pipelining and large content do to a reply. What is answered, Tests/Shared knows.</summary>
public sealed class HttpTests(RunningServers servers) : IClassFixture<RunningServers>
{
    private const string Get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

    public static TheoryData<string> Models => RunningServers.PlainModels;

    public static TheoryData<string> HalfClosingModels => RunningServers.HalfClosingModels;

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Requests_on_one_connection_are_all_answered_alone_and_pipelined(string model)
    {
        var server = await servers.Speaking("http", model);
        using var client = await Client.Connect(server.EndPoint);
        await client.Send(Encoding.ASCII.GetBytes(Get));
        await ExpectPages(client, 1);
        await client.Send(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(Get, 500)) + Get[..20]));
        await ExpectPages(client, 500);
        await client.Send(Encoding.ASCII.GetBytes(Get[20..]));
        await ExpectPages(client, 1);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Content_is_dropped_and_the_connection_goes_on(string model)
    {
        var server = await servers.Speaking("http", model);
        using var client = await Client.Connect(server.EndPoint);
        await client.Send(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 4194304\r\n\r\n"));
        await client.Send(Message.Of(4 * 1024 * 1024));
        await ExpectPages(client, 1);
        await client.Send(Encoding.ASCII.GetBytes(Get));
        await ExpectPages(client, 1);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task The_last_response_comes_whole_and_then_the_end(string model)
    {
        var server = await servers.Speaking("http", model);
        using var client = await Client.Connect(server.EndPoint);
        await client.Send(Encoding.ASCII.GetBytes(Get + "GET / HTTP/1.0\r\n\r\n" + Get));
        await ExpectPages(client, 1);
        var last = await ReadToEnd(client);
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", last, StringComparison.Ordinal);
        Assert.EndsWith("Hello, world!\n", last, StringComparison.Ordinal);
    }

    // Closing at once would answer the rest of the content with a reset, and a reset takes the response with it.
    [Theory]
    [MemberData(nameof(HalfClosingModels))]
    public async Task A_refusal_can_be_read_by_a_client_that_sends_on_and_on(string model)
    {
        var server = await servers.Speaking("http", model);
        using var client = await Client.Connect(server.EndPoint);
        await client.Send(Encoding.ASCII.GetBytes("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n"));
        for (var i = 0; i < 8; i++)
            await client.Send(Message.Of(1024 * 1024));
        var refusal = await ReadToEnd(client);
        Assert.StartsWith("HTTP/1.1 413 Content Too Large\r\n", refusal, StringComparison.Ordinal);
        Assert.EndsWith("413 Content Too Large\n", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task A_client_that_was_refused_and_stays_is_closed_in_the_end(string model)
    {
        var server = await servers.Speaking("http", model);
        var sockets = ProcessTree.Sockets(server.ProcessId);
        using var clients = await Client.ConnectMany(server.EndPoint, 5);
        foreach (var client in clients.All)
            await client.Send("nonsense\r\n"u8.ToArray());
        foreach (var client in clients.All)
            Assert.StartsWith("HTTP/1.1 400 ", await ReadToEnd(client), StringComparison.Ordinal);
        await Patience.Until(
            $"sockets are as few as before ({sockets}), or nearly",
            () => ProcessTree.Sockets(server.ProcessId) < sockets + clients.All.Count,
            () => $"there are {ProcessTree.Sockets(server.ProcessId)}"
        );
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task A_client_that_half_closes_gets_its_responses_and_the_end(string model)
    {
        var server = await servers.Speaking("http", model);
        using var client = await Client.Connect(server.EndPoint);
        await client.Send(Encoding.ASCII.GetBytes(Get + Get + Get[..5]));
        client.EndSending();
        await ExpectPages(client, 2);
        Assert.Empty(await client.Receive(1));
    }

    // All pages are as long as the first.
    private static async Task ExpectPages(Client client, int count)
    {
        var page = Encoding.ASCII.GetBytes(
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 14\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\n\r\nHello, world!\n"
        );
        var text = Encoding.ASCII.GetString(await client.Receive(count * page.Length));
        foreach (var received in text.Chunk(page.Length).Select(chunk => new string(chunk)))
        {
            Assert.StartsWith("HTTP/1.1 200 OK\r\n", received, StringComparison.Ordinal);
            Assert.EndsWith("\r\n\r\nHello, world!\n", received, StringComparison.Ordinal);
        }
        Assert.Equal(count * page.Length, text.Length);
    }

    private static async Task<string> ReadToEnd(Client client) =>
        Encoding.ASCII.GetString(await client.Receive(1024 * 1024));
}
