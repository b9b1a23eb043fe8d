using System.Net.Sockets;
using Xunit;

namespace C10k.Tests.Servers.Processes;

/// <summary>The models that keep a number of workers: what becomes of the others, and of the server, when one dies.</summary>
public sealed class WorkersTests
{
    [Theory]
    [InlineData("prefork:workers=5", 5)]
    [InlineData("hybrid:workers=3,threads=2", 3)]
    [InlineData("epoll-workers:workers=3", 3)]
    [InlineData("epoll-workers:workers=3,listener=reuseport", 3)]
    public async Task There_are_as_many_workers_as_asked_for(string model, int workers)
    {
        await using var server = await ServerUnderTest.Start(model);
        Assert.Equal(workers, Workers(server).Count);
    }

    [Fact]
    public async Task A_worker_has_as_many_threads_as_asked_for()
    {
        await using var few = await ServerUnderTest.Start("hybrid:workers=1,threads=1");
        await using var many = await ServerUnderTest.Start("hybrid:workers=1,threads=101");
        var difference = ProcessTree.Threads(Workers(many)[0]) - ProcessTree.Threads(Workers(few)[0]);
        Assert.InRange(difference, 100 - 5, 100 + 5); // The runtime starts some of its own when it likes.
    }

    [Theory]
    [InlineData("prefork:workers=4")]
    [InlineData("hybrid:workers=2,threads=3")]
    [InlineData("epoll-workers:workers=2")]
    [InlineData("epoll-workers:workers=2,listener=reuseport")]
    public async Task A_worker_that_is_killed_takes_its_own_clients_along_and_nobody_else(string model)
    {
        await using var server = await ServerUnderTest.Start(model);
        var victim = Workers(server)[^1];
        var before = ProcessTree.Descriptors(victim);
        using var clients = await Client.ConnectMany(server.EndPoint, 4);
        Assert.Equal(4, await CountServed(clients));
        var own = ProcessTree.Descriptors(victim) - before;

        await Kill(victim);
        Assert.Equal(4 - own, await CountServed(clients));
    }

    [Theory]
    [InlineData("prefork:workers=4")]
    [InlineData("hybrid:workers=2,threads=3")]
    [InlineData("epoll-workers:workers=2")]
    [InlineData("epoll-workers:workers=2,listener=reuseport")]
    public async Task A_worker_that_is_killed_is_replaced(string model)
    {
        await using var server = await ServerUnderTest.Start(model);
        var before = Workers(server);
        await Kill(before[0]);
        await Patience.Until(
            "there are as many workers as before, none of them the one that was killed",
            () => Workers(server) is var now && now.Count == before.Count && now.All(ProcessTree.IsAlive),
            () => $"there are {string.Join(", ", Workers(server))} instead of {string.Join(", ", before)}"
        );

        // So many that the new one has to serve some of them.
        using var clients = await Client.ConnectMany(server.EndPoint, before.Count);
        Assert.Equal(before.Count, await CountServed(clients));
        Assert.Contains(
            $"worker {before[0]} ended with signal {ProcessTree.SIGKILL}",
            server.Complaints,
            StringComparison.Ordinal
        );
    }

    // Whoever ignores SIGCHLD is not told of the end of children, and hands that on to what it starts.
    [Fact]
    public async Task A_worker_is_replaced_also_where_the_end_of_children_is_ignored()
    {
        await using var server = await ServerUnderTest.StartThrough(
            ["sh", "-c", "trap '' CHLD; exec \"$0\" \"$@\""],
            "prefork:workers=2"
        );
        var before = Workers(server);
        await Kill(before[0]);
        await Patience.Until(
            "there are two workers again",
            () => Workers(server) is { Count: 2 } now && !now.Contains(before[0]),
            () => string.Join(", ", Workers(server))
        );
    }

    private static IReadOnlyList<int> Workers(ServerUnderTest server) => [.. ProcessTree.Of(server.ProcessId).Skip(1)];

    private static async Task Kill(int process)
    {
        _ = ProcessTree.Signal(process, ProcessTree.SIGKILL);
        await Patience.Until("killed", () => !ProcessTree.IsAlive(process), () => $"{process} is alive");
    }

    private static async Task<int> CountServed(Clients clients)
    {
        var served = await Task.WhenAll(clients.All.Select(IsServed));
        return served.Count(isServed => isServed);
    }

    private static async Task<bool> IsServed(Client client)
    {
        try
        {
            await client.Send(Message.Of(64));
            return (await client.Receive(64)).Length == 64;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
