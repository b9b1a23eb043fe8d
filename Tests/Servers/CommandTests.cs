using C10k.Conversations;
using Xunit;

namespace C10k.Tests.Servers;

/// <summary>A message may order its handler to crash, where the server was started for such experiments, and nowhere else.</summary>
public sealed class CommandTests(RunningServers servers) : IClassFixture<RunningServers>
{
    private static readonly byte[] s_die = Commands.ToBytes(Commands.Die);

    public static TheoryData<string> AllModels => RunningServers.AllModels;

    [Theory]
    [MemberData(nameof(AllModels))]
    public async Task Without_the_option_an_order_to_die_is_a_message_like_any_other(string model)
    {
        var server = await servers.Get(model);
        using (var client = await Client.Connect(server.EndPoint))
        {
            // Those who serve now, a process for this client among them.
            var before = ProcessTree.Of(server.ProcessId);
            await client.ExpectEcho(s_die);
            if (!server.Info.OneRequestPerConnection)
                await client.ExpectEcho(Message.Of(64));
            Assert.All(before, process => Assert.True(ProcessTree.IsAlive(process), $"{process} is dead"));
        }
        using var next = await Client.Connect(server.EndPoint);
        await next.ExpectEcho(Message.Of(64, number: 1));
        Assert.Equal("", server.Complaints);
    }

    [Theory]
    [Trait("Category", "long")]
    [MemberData(nameof(AllModels))]
    public async Task With_it_the_process_that_reads_the_order_dies(string model)
    {
        await using var server = await ServerUnderTest.Start(model, "--allow-faults");
        using var client = await Client.Connect(server.EndPoint);
        if (!server.Info.OneRequestPerConnection)
            await client.ExpectEcho(Message.Of(64));
        var before = ProcessTree.Of(server.ProcessId);
        await client.Send(s_die);
        await client.ExpectEnd();
        await Patience.Until(
            "a process is dead",
            () => !before.All(ProcessTree.IsAlive),
            () => $"{string.Join(", ", before)} live"
        );
    }
}
