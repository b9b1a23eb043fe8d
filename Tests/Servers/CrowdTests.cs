using Xunit;

namespace C10k.Tests.Servers;

/// <summary>Five hundred clients: each gets its own bytes, and when they have left nothing of them stays.</summary>
public sealed class CrowdTests(RunningServers servers) : IClassFixture<RunningServers>
{
    private const int Clients = 500;
    private const int FewClients = 50;

    // What a runtime may open or start late on its own account. One in twenty clients leaking would already exceed it.
    private static readonly int Slack = 20 + Environment.ProcessorCount;

    public static TheoryData<string> AllModels => RunningServers.AllModels;

    [Theory]
    [MemberData(nameof(AllModels))]
    public async Task Each_of_many_clients_gets_its_own_bytes_and_leaves_nothing_behind(string model)
    {
        var server = await servers.Get(model);
        // Every worker process has served once, because a runtime opens more with its first client.
        await Crowd.ComesAndGoes(server, server.Info.ServesAtOnce is null ? 1 : server.ServesAtOnce(Clients));
        var descriptors = ProcessTree.Descriptors(server.ProcessId);
        var threads = ProcessTree.Threads(server.ProcessId);

        await Crowd.ComesAndGoes(server, Clients);

        await Falls("descriptors", descriptors, () => ProcessTree.Descriptors(server.ProcessId));
        await Falls("threads", threads, () => ProcessTree.Threads(server.ProcessId));
    }

    // Bytes and reset are there together: whoever has taken the bytes has to learn of the reset, and nothing may wake him once more.
    [Theory]
    [MemberData(nameof(AllModels))]
    public async Task Clients_that_ask_and_reset_in_the_same_moment_leave_nothing_behind(string model)
    {
        var server = await servers.Get(model);
        await Crowd.ComesAndGoes(server, server.Info.ServesAtOnce is null ? 1 : server.ServesAtOnce(Clients));
        var descriptors = ProcessTree.Descriptors(server.ProcessId);

        // Nobody waits for a reply, so that all of them may have a process at once that only starts yet.
        await Crowd.AsksAndResets(server, server.Info.ProcessesPerClient > 0 ? FewClients : Clients);

        await Falls("descriptors", descriptors, () => ProcessTree.Descriptors(server.ProcessId));
        await Crowd.ComesAndGoes(server, 1);
    }

    private static Task Falls(string what, int before, Func<int> now) =>
        Patience.Until(
            $"{what} are as few as before the clients came ({before}), or nearly",
            () => now() <= before + Slack,
            () => $"there are {now()}"
        );
}
