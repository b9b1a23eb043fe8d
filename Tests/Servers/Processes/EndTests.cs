using System.Globalization;
using Xunit;

namespace C10k.Tests.Servers.Processes;

/// <summary>No process outlives the server that started it, whatever ends that, nor the client that it was started for.</summary>
public sealed class EndTests
{
    public static TheoryData<string> Models =>
        ["process-per-connection", "prefork:workers=8", "hybrid:workers=3,threads=8", "epoll-workers:workers=3"];

    // That SIGTERM takes the whole tree along is told by StopTests, of every model.
    [Theory]
    [MemberData(nameof(Models))]
    public async Task Killing_the_server_ends_them_all(string model)
    {
        await using var server = await ServerUnderTest.Start(model);
        using var clients = await Client.ConnectMany(server.EndPoint, 8);
        foreach (var client in clients.All)
            await client.ExpectEcho(Message.Of(64));
        var children = ProcessTree.Of(server.ProcessId).Skip(1).ToList();
        Assert.NotEmpty(children);

        server.Signal(ProcessTree.SIGKILL);

        await Patience.Until(
            "every child has ended",
            () => !children.Exists(ProcessTree.IsAlive),
            () => $"alive are {string.Join(", ", children.Where(ProcessTree.IsAlive))} of {string.Join(", ", children)}"
        );
    }

    // A worker that was started, but has not come to its first instruction yet, cannot have asked to end with its parent.
    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    [InlineData(150)]
    [InlineData(400)]
    public async Task Killing_the_server_while_it_starts_them_ends_them_too(int afterMs)
    {
        await using var server = ServerUnderTest.Begin("prefork:workers=40");
        await Patience.Until("the first worker is started", () => WorkersOf(server) > 0, () => "there is none");
        await Task.Delay(afterMs);
        server.Signal(ProcessTree.SIGKILL);
        await Patience.Until("every worker has ended", () => WorkersOf(server) == 0, () => $"{WorkersOf(server)} live");
    }

    [Fact]
    public async Task Five_hundred_clients_that_came_and_went_leave_no_process_and_no_zombie()
    {
        await using var server = await ServerUnderTest.Start("process-per-connection");
        for (var group = 0; group < 10; group++)
            await Crowd.ComesAndGoes(server, clients: 50);
        await Patience.Until(
            "no child is left",
            () => ProcessTree.Of(server.ProcessId).Count == 1,
            () => $"there are {ProcessTree.Of(server.ProcessId).Count - 1}"
        );
    }

    // By what stands on their command lines, because those of a dead server are nobody's children any more.
    private static int WorkersOf(ServerUnderTest server)
    {
        var master = server.ProcessId.ToString(CultureInfo.InvariantCulture);
        return ProcessTree
            .CommandLines()
            .Count(words =>
                words is [var program, _, var second, ..]
                && program.EndsWith("Worker", StringComparison.Ordinal)
                && second == master
            );
    }
}
