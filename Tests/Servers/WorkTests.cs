using System.Diagnostics;
using System.Text;
using C10k.Contract;
using Xunit;

namespace C10k.Tests.Servers;

/// <summary>What the application does for each request costs what it should, and models differ in who has to wait for it.</summary>
[Trait("Category", "long")]
public sealed class WorkTests(RunningServers servers) : IClassFixture<RunningServers>
{
    private static readonly TimeSpan s_wait = TimeSpan.FromMilliseconds(300);

    public static TheoryData<string> Models => RunningServers.PlainModels;

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Each_pipelined_request_waits_by_itself(string model)
    {
        var server = await servers.Get(model, "--conversation", "prefix", "--wait", "100ms");
        using var client = await Client.Connect(server.EndPoint);
        var clock = Stopwatch.StartNew();
        await client.Send("one\ntwo\nthree\n"u8.ToArray());
        await client.Expect("Echo: one\nEcho: two\nEcho: three\n"u8.ToArray());
        Assert.True(clock.Elapsed > 2.9 * TimeSpan.FromMilliseconds(100), $"answered after {clock.Elapsed}");
    }

    // Nobody computes, so that even one CPU can serve all at once; whoever serves one after the other needs as long as all waits together.
    [Theory]
    [MemberData(nameof(Models))]
    public async Task Clients_wait_at_the_same_time_where_the_model_serves_them_at_the_same_time(string model)
    {
        var server = await servers.Get(model, "--wait", $"{s_wait.TotalMilliseconds}ms");
        var together = server.ServesAtOnce(30);
        using var clients = await Client.ConnectMany(server.EndPoint, together);
        var clock = Stopwatch.StartNew();
        foreach (var client in clients.All)
            await client.Send(Message.Of(64));
        foreach (var client in clients.All)
            await client.Expect(Message.Of(64));
        Assert.True(clock.Elapsed > 0.9 * s_wait, $"answered after {clock.Elapsed}");
        if (together > 1)
            Assert.True(clock.Elapsed < 0.7 * together * s_wait, $"they waited for each other: {clock.Elapsed}");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task The_last_response_comes_after_its_wait_and_then_the_end(string model)
    {
        var server = await servers.Get(model, "--conversation", "http", "--wait", "10ms", "--cpu", "10us");
        using var client = await Client.Connect(server.EndPoint);
        await client.Send("GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.0\r\n\r\n"u8.ToArray());
        var text = Encoding.ASCII.GetString(await client.Receive(1024));
        Assert.Equal(2, text.Split("HTTP/1.1 200 OK").Length - 1);
        Assert.EndsWith("Hello, world!\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task A_download_waits_once_however_long_it_is(string model)
    {
        var server = await servers.Get(model, "--conversation", "bulk", "--wait", $"{s_wait.TotalMilliseconds}ms");
        using var client = await Client.Connect(server.EndPoint);
        await client.Send("4194304\n"u8.ToArray());
        var clock = Stopwatch.StartNew();
        Assert.Equal(4 * 1024 * 1024, (await client.Receive(4 * 1024 * 1024)).Length);
        Assert.True(clock.Elapsed < 20 * s_wait, $"took {clock.Elapsed}"); // There are some 250 pieces.
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Computing_costs_the_cpu_time_that_was_asked_for(string model)
    {
        const int Requests = 30;
        var server = await servers.Get(model, "--cpu", "10ms");
        using var client = await Client.Connect(server.EndPoint);
        await client.ExpectEcho(Message.Of(64));
        var before = ProcessTree.Cpu(server.ProcessId);
        for (var i = 0; i < Requests; i++)
            await client.ExpectEcho(Message.Of(64, i));
        var used = ProcessTree.Cpu(server.ProcessId) - before;
        Assert.InRange(used / (Requests * TimeSpan.FromMilliseconds(10)), 0.7, 3);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public Task A_server_stops_while_its_clients_wait(string model) =>
        Stopping.InTime(async () =>
        {
            await using var server = await ServerUnderTest.Start(model, "--wait", "30s");
            using var clients = await Client.ConnectMany(server.EndPoint, server.ServesAtOnce(5));
            foreach (var client in clients.All)
                await client.Send(Message.Of(64));
            return await Stopping.Within(async () =>
            {
                server.Tell(StopBy.Sigterm);
                Assert.Equal(ExitCode.Success, await server.Exit());
            });
        });
}
