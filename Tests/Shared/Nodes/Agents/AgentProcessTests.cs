using C10k.Nodes;
using C10k.Nodes.Agents;
using C10k.Nodes.Processes;
using C10k.Tests.Servers;
using Xunit;

namespace C10k.Tests.Shared.Nodes.Agents;

/// <summary>What an agent keeps of a process for a caller who is slower than it, or does not read at all.</summary>
public sealed class AgentProcessTests : IDisposable
{
    private readonly ProcessLauncher _launcher = new(_ => { });

    public void Dispose() => _launcher.Dispose();

    [Fact]
    public async Task Lines_that_nobody_reads_are_dropped_and_do_not_hold_it_up()
    {
        using var process = Start("yes | head -n 300000");
        await using var events = process.Events(CancellationToken.None).GetAsyncEnumerator();
        var started = await Next<StartedEvent>(events);
        await Patience.Until("it has ended", () => !ProcessTree.IsAlive(started.Pid), () => "it runs");
        var lines = 0;
        AgentEvent? last = null;
        for (; await MoveNext(events); last = events.Current)
            lines += events.Current is LineEvent ? 1 : 0;
        // What stood in the pipe when it ended comes after those that were kept.
        Assert.InRange(lines, KeptLines.MaxLines, 60_000);
        Assert.Equal(new ExitedEvent(0), last);
    }

    [Fact]
    public async Task One_that_prints_without_end_can_be_ended_though_nobody_reads()
    {
        using var process = Start("exec yes");
        await using var events = process.Events(CancellationToken.None).GetAsyncEnumerator();
        await Next<LineEvent>(events);
        process.Dispose();
        var others = 0;
        while (await MoveNext(events))
            others++;
        // What it printed did not heap up behind the line that was read.
        Assert.InRange(others, 0, 10);
    }

    private AgentProcess Start(string script) =>
        new(_launcher, new ProcessStart("server", "/bin/sh", ["-c", script], CpuSet.Allowed), _ => { }, _ => { });

    private static async Task<T> Next<T>(IAsyncEnumerator<AgentEvent> events)
        where T : AgentEvent
    {
        while (await MoveNext(events))
        {
            if (events.Current is T wanted)
                return wanted;
        }
        throw new EndOfStreamException($"no {typeof(T).Name}");
    }

    private static Task<bool> MoveNext(IAsyncEnumerator<AgentEvent> events) =>
        Patience.Within("another event", stop => events.MoveNextAsync().AsTask().WaitAsync(stop));
}
