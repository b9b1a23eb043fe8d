using Xunit;

namespace C10k.Tests.Servers;

/// <summary>What one client, or a few, may expect of every model: their own bytes, all of them, in order, whatever the others do.</summary>
public sealed class ConversationTests(RunningServers servers) : IClassFixture<RunningServers>
{
    private const int MiB = 1024 * 1024;

    public static TheoryData<string> Models => RunningServers.Models;

    public static TheoryData<string> LastingModels => RunningServers.LastingModels;

    [Theory]
    [MemberData(nameof(LastingModels))]
    public async Task A_message_may_be_split_at_any_byte(string model)
    {
        var server = await servers.Get(model);
        using var client = await Client.Connect(server.EndPoint);
        var message = Message.Of(64);
        for (var split = 1; split < message.Length; split++)
        {
            await client.Send(message.AsMemory(0, split));
            await client.Expect(message.AsMemory(0, split));
            await client.Send(message.AsMemory(split));
            await client.Expect(message.AsMemory(split));
        }
    }

    [Theory]
    [MemberData(nameof(LastingModels))]
    public async Task Single_bytes_in_a_row_come_back_in_order(string model)
    {
        var server = await servers.Get(model);
        using var client = await Client.Connect(server.EndPoint);
        var message = Message.Of(200);
        for (var i = 0; i < message.Length; i++)
            await client.Send(message.AsMemory(i, 1));
        await client.Expect(message);
    }

    [Theory]
    [MemberData(nameof(LastingModels))]
    public async Task Many_messages_in_one_segment_are_all_answered(string model)
    {
        var server = await servers.Get(model);
        using var client = await Client.Connect(server.EndPoint);
        await client.ExpectEcho([.. Enumerable.Range(0, 500).SelectMany(number => Message.Of(64, number))]);
    }

    [Theory]
    [MemberData(nameof(LastingModels))]
    public async Task A_mebibyte_passes_through(string model)
    {
        var server = await servers.Get(model);
        using var client = await Client.Connect(server.EndPoint);
        await client.ExpectEcho(Message.Of(MiB));
    }

    [Theory]
    [MemberData(nameof(LastingModels))]
    public async Task A_client_that_reads_late_loses_nothing(string model)
    {
        var server = await servers.Get(model);
        using var client = await Client.Connect(server.EndPoint, windowBytes: 64 * 1024);
        var message = Message.Of(MiB);
        var taken = client.SendUntilRefused(message);

        var sendingTheRest = client.Send(message.AsMemory((int)(taken % MiB)));
        for (var copy = 0; copy <= taken / MiB; copy++)
            await client.Expect(message);
        await sendingTheRest;
    }

    [Theory]
    [MemberData(nameof(LastingModels))]
    public async Task A_client_that_does_not_read_costs_no_cpu_and_holds_nobody_up(string model)
    {
        var server = await servers.Get(model);
        using var stalled = await Client.Connect(server.EndPoint, windowBytes: 64 * 1024);
        stalled.SendUntilRefused(Message.Of(MiB));

        await Quiet.Becomes(server);
        if (server.ServesAtOnce(2) < 2)
            stalled.Reset();
        await ServesTheNext(server);
    }

    [Theory]
    [MemberData(nameof(LastingModels))]
    public async Task A_client_that_has_sent_its_last_byte_still_gets_every_reply(string model)
    {
        var server = await servers.Get(model);
        using var client = await Client.Connect(server.EndPoint, windowBytes: 64 * 1024);
        var message = Message.Of(256 * 1024);
        var sending = Task.Run(async () =>
        {
            await client.Send(message);
            client.EndSending();
        });
        await client.Expect(message);
        await sending;
        Assert.Empty(await client.Receive(1));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task A_client_that_says_nothing_and_half_closes_gets_the_end(string model)
    {
        var server = await servers.Get(model);
        using var client = await Client.Connect(server.EndPoint);
        client.EndSending();
        Assert.Empty(await client.Receive(1));
    }

    [Theory]
    [MemberData(nameof(LastingModels))]
    public async Task A_reset_in_the_middle_harms_nobody_else(string model)
    {
        var server = await servers.Get(model);
        for (var i = 0; i < 20; i++)
        {
            using var client = await Client.Connect(server.EndPoint);
            await client.Send(Message.Of(10_000));
            client.Reset();
        }
        using var stalled = await Client.Connect(server.EndPoint, windowBytes: 64 * 1024);
        stalled.SendUntilRefused(Message.Of(MiB));
        stalled.Reset();
        await ServesTheNext(server);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Clients_that_connect_and_vanish_harm_nobody_else(string model)
    {
        var server = await servers.Get(model);
        for (var i = 0; i < 50; i++)
        {
            using var left = await Client.Connect(server.EndPoint);
            var reset = await Client.Connect(server.EndPoint);
            reset.Reset();
        }
        await ServesTheNext(server);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task A_client_that_has_to_wait_its_turn_is_served_in_the_end(string model)
    {
        var server = await servers.Get(model);
        using var first = await Client.ConnectMany(server.EndPoint, server.ServesAtOnce(3));
        foreach (var client in first.All)
            await client.ExpectEcho(Message.Of(64));

        using var waiting = await Client.Connect(server.EndPoint);
        var message = Message.Of(64, number: 1);
        await waiting.Send(message);
        first.Dispose();
        await waiting.Expect(message);
    }

    // A stop signal interrupts epoll_wait and its like with EINTR even where no handler is installed, see signal(7).
    [Theory]
    [MemberData(nameof(LastingModels))]
    public async Task A_server_that_was_halted_and_continued_goes_on(string model)
    {
        var server = await servers.Get(model);
        using var client = await Client.Connect(server.EndPoint);
        await client.ExpectEcho(Message.Of(64));
        server.Signal(ProcessTree.SIGSTOP);
        await Patience.Until("halted", () => ProcessTree.IsHalted(server.ProcessId), () => "it runs");
        server.Signal(ProcessTree.SIGCONT);
        await client.ExpectEcho(Message.Of(64, number: 1));
        client.Dispose();
        await ServesTheNext(server);
    }

    private static async Task ServesTheNext(ServerUnderTest server)
    {
        using var client = await Client.Connect(server.EndPoint);
        await client.ExpectEcho(Message.Of(64));
    }
}
