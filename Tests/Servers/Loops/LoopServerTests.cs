using Xunit;

namespace C10k.Tests.Servers.Loops;

/// <summary>The servers of this family over every poller: whatever the conversation says, they do it, and nobody else notices.</summary>
public sealed class LoopServerTests
{
    public static MatrixTheoryData<string, string> ServersAndPollers => RunningLoop.ServersAndPollers;

    [Theory]
    [MemberData(nameof(ServersAndPollers))]
    public async Task Every_step_of_a_conversation_is_followed(string server, string poller)
    {
        using var running = Run(server, poller);
        using var client = await Client.Connect(running.EndPoint);
        byte[] commands = [.. "ab"u8, CommandConversation.Wait, CommandConversation.Stream, .. "yz"u8];
        foreach (var command in commands)
            await Ask(client, command);
        await Ask(client, CommandConversation.Close);
        await client.ExpectEnd();
    }

    [Theory]
    [MemberData(nameof(ServersAndPollers))]
    public async Task Commands_that_come_together_are_answered_in_order(string server, string poller)
    {
        using var running = Run(server, poller);
        using var client = await Client.Connect(running.EndPoint);
        byte[] commands =
        [
            .. "a"u8,
            CommandConversation.Wait,
            CommandConversation.Wait,
            .. "b"u8,
            CommandConversation.Stream,
            CommandConversation.Wait,
            CommandConversation.Stream,
            .. "c"u8,
            CommandConversation.Close,
        ];
        await client.Send(commands);
        await client.Expect(commands.SelectMany(CommandConversation.Reply).ToArray());
        await client.ExpectEnd();
    }

    [Theory]
    [MemberData(nameof(ServersAndPollers))]
    public async Task A_reply_in_parts_waits_for_a_client_that_reads_late_and_for_no_other(string server, string poller)
    {
        using var running = Run(server, poller);
        using var late = await Client.Connect(running.EndPoint, windowBytes: 4096);
        await late.Send(new[] { CommandConversation.Stream });
        using var other = await Client.Connect(running.EndPoint);
        for (var i = 0; i < 100; i++)
            await Ask(other, (byte)'o');
        await late.Expect(CommandConversation.Reply(CommandConversation.Stream).ToArray());
    }

    [Theory]
    [MemberData(nameof(ServersAndPollers))]
    public async Task Who_leaves_during_a_wait_is_noticed_and_harms_nobody(string server, string poller)
    {
        using var running = Run(server, poller);
        using var client = await Client.Connect(running.EndPoint);
        for (var i = 0; i < 20; i++)
        {
            using var leaves = await Client.Connect(running.EndPoint);
            await leaves.Send(new[] { CommandConversation.Wait, (byte)'a', CommandConversation.Wait });
            leaves.Reset();
            await Ask(client, CommandConversation.Wait);
        }
    }

    [Theory]
    [InlineData("generators")]
    [InlineData("async")]
    public async Task A_conversation_that_fails_ends_its_own_connection_alone(string server)
    {
        using var running = Run(server, "epoll");
        using var other = await Client.Connect(running.EndPoint);
        await Ask(other, (byte)'a');
        using var failing = await Client.Connect(running.EndPoint);
        await failing.Send(new[] { CommandConversation.Crash });
        await failing.ExpectEnd();
        await Ask(other, (byte)'b');
    }

    [Theory]
    [MemberData(nameof(ServersAndPollers))]
    public async Task A_stop_ends_clients_in_every_state(string server, string poller)
    {
        var running = Run(server, poller);
        using var idle = await Client.Connect(running.EndPoint);
        await Ask(idle, (byte)'a');
        using var stalled = await Client.Connect(running.EndPoint, windowBytes: 4096);
        await stalled.Send(new[] { CommandConversation.Stream });
        using var waiting = await Client.Connect(running.EndPoint);
        await waiting.Send(Enumerable.Repeat(CommandConversation.Wait, 100_000).ToArray());
        await waiting.Receive(1);

        running.Dispose();
        await idle.ExpectEnd();
        await stalled.DrainToEnd();
        await waiting.DrainToEnd();
    }

    [Theory]
    [MemberData(nameof(ServersAndPollers))]
    public async Task A_request_that_needs_no_wait_allocates_nothing(string server, string poller)
    {
        const int Slice = 200;
        const int Slices = 15;
        const int WarmUp = 5;
        var probe = new AllocationProbe();
        using var running = new RunningLoop(server, poller, () => probe);
        using var client = await Client.Connect(running.EndPoint);
        var message = Message.Of(64);
        for (var request = 0; request <= Slices * Slice; request++)
            await client.ExpectEcho(message);
        // Not a byte for each. The least of some times: the runtime itself may have needed an object once, as when it compiles anew.
        var least = Enumerable
            .Range(WarmUp, Slices - WarmUp)
            .Min(slice => probe.AllocatedAt[(slice + 1) * Slice] - probe.AllocatedAt[slice * Slice]);
        Assert.InRange(least, 0, Slice - 1);
    }

    private static RunningLoop Run(string server, string poller) =>
        new(server, poller, () => new CommandConversation());

    private static async Task Ask(Client client, byte command)
    {
        await client.Send(new[] { command });
        await client.Expect(CommandConversation.Reply(command).ToArray());
    }
}
