using C10k.Contract;
using C10k.Nodes.Collecting;
using C10k.Tests.Servers;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.Shared.Nodes.Collecting;

/// <summary>What an ordinary user sees. As root, these tests run themselves again as one.</summary>
public sealed class UnprivilegedTests
{
    [Fact]
    public void Without_privileges_switches_come_from_proc_and_all_else_is_as_before()
    {
        if (Environment.IsPrivilegedProcess)
        {
            ThisTest.RunsAgain<UnprivilegedTests>(ThisTest.AsNobody);
            return;
        }
        using var child = new PythonChild("burn(0.1); say('ready'); hear()");
        child.Hear();
        using var tree = new ServerTree(child.Pid);

        var seen = tree.Read();

        Assert.Equal(SwitchSource.Proc, seen.Switches?.Source);
        Assert.Equal((1, 1), (seen.Processes, seen.Threads));
        Assert.True(seen.Cpu >= TimeSpan.FromSeconds(0.1));
        Assert.True(seen.RssBytes > 0);
    }

    [Fact]
    public async Task Without_privileges_a_server_that_tells_its_switches_is_asked_and_knows_its_ended_threads()
    {
        if (Environment.IsPrivilegedProcess)
        {
            ThisTest.RunsAgain<UnprivilegedTests>(ThisTest.AsNobody);
            return;
        }
        const int Threads = 20;
        const int Exchanges = 50;
        var name = $"c10k-test-{Guid.NewGuid():N}";
        await using var server = new RunningProgram(
            new ProgramStart("Servers", "thread-per-connection")
            {
                Environment = new Dictionary<string, string> { [SelfReport.Variable] = name },
            }
        );
        await Patience.Until("READY", () => server.Stdout.Contains('\n'), () => server.Stderr);
        Assert.True(ReadyLine.TryParse(server.Stdout.TrimEnd(), out var endPoint));
        await SelfReporting.Of(name);
        using var tree = new ServerTree(server.Id, name);
        var before = tree.Read().Switches!;

        for (var i = 0; i < Threads; i++)
        {
            using var client = await Client.Connect(endPoint);
            for (var j = 0; j < Exchanges; j++)
            {
                // A message that is there already is not waited for.
                await Task.Delay(1);
                await client.ExpectEcho([1, 2, 3, 4]);
            }
        }

        var after = tree.Read().Switches!;
        Assert.Equal((SwitchSource.SelfReport, SwitchSource.SelfReport), (before.Source, after.Source));
        // Each of the threads, none of which lives any more, waited for nearly every message.
        Assert.InRange(after.Voluntary - before.Voluntary, Threads * Exchanges / 2, long.MaxValue);
    }
}
