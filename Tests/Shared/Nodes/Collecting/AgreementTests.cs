using System.Diagnostics;
using C10k.Nodes.Collecting;
using C10k.Tests.Servers;
using Xunit;

namespace C10k.Tests.Shared.Nodes.Collecting;

/// <summary>What the collectors see of real servers, against the system's own tools.</summary>
public sealed class AgreementTests
{
    private const int Connections = 8;
    private const int Exchanges = 500;

    // So many that the handful which falls between the two ways of looking is far less than what they may differ by.
    private const int FewestSwitches = 20_000;
    private const int Handful = 10;

    [Theory]
    [InlineData("epoll-level")]
    [InlineData("thread-per-connection")]
    [InlineData("prefork:workers=8")]
    public async Task Switches_agree_with_perf_stat(string model)
    {
        Assert.SkipWhen(PerfStat.WhyNot() is not null, PerfStat.WhyNot() ?? "");
        await using var server = await ServerUnderTest.Start(model);
        using var clients = await Client.ConnectMany(server.EndPoint, Connections);
        await Talk(clients, 10);
        await Compare(server, () => Talk(clients, Exchanges));
    }

    [Fact]
    public async Task Switches_of_threads_that_have_ended_agree_with_perf_stat()
    {
        Assert.SkipWhen(PerfStat.WhyNot() is not null, PerfStat.WhyNot() ?? "");
        await using var server = await ServerUnderTest.Start("thread-per-connection");
        await Compare(server, Churn);

        async Task Churn()
        {
            for (var i = 0; i < 10; i++)
            {
                using var clients = await Client.ConnectMany(server.EndPoint, 4);
                await Talk(clients, 40);
            }
        }
    }

    [Fact]
    public async Task Threads_agree_with_ps()
    {
        await using var server = await ServerUnderTest.Start("thread-per-connection");
        using var clients = await Client.ConnectMany(server.EndPoint, 50);
        await Talk(clients, 1);
        using var tree = new ServerTree(server.ProcessId);
        // The runtime's own threads may come or go between two looks.
        await Patience.Until("the same count", () => tree.Read().Threads == CountWithPs(server.ProcessId), () => "");
        Assert.InRange(tree.Read().Threads, 51, 80);
    }

    private static async Task Compare(ServerUnderTest server, Func<Task> load)
    {
        using var tree = new ServerTree(server.ProcessId);
        Assert.SkipUnless(tree.Read().Switches?.Source == SwitchSource.Taskstats, "taskstats does not tell all here");
        using var perf = new PerfStat(Servers.ProcessTree.Of(server.ProcessId));
        perf.Enable();
        var before = Switches();
        while (Switches() - before < FewestSwitches * 1.05)
            await load();
        var seen = Switches() - before;
        var judged = perf.Disable();
        Assert.InRange(judged, FewestSwitches, long.MaxValue);
        Assert.InRange(seen, judged * 0.99 - Handful, judged * 1.01 + Handful);

        long Switches() => tree.Read().Switches is { } read ? read.Voluntary + read.Involuntary : 0;
    }

    private static Task Talk(Clients clients, int times) =>
        Task.WhenAll(
            clients.All.Select(async client =>
            {
                for (var i = 0; i < times; i++)
                    await client.ExpectEcho([1, 2, 3, 4]);
            })
        );

    private static int CountWithPs(int pid)
    {
        using var ps = Process.Start(
            new ProcessStartInfo("ps", $"huH p {pid}") { RedirectStandardOutput = true, UseShellExecute = false }
        )!;
        return ps.StandardOutput.ReadToEnd().Count(letter => letter == '\n');
    }
}
