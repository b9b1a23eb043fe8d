using C10k.Linux;
using C10k.Nodes.Collecting;
using Xunit;

namespace C10k.Tests.Shared.Nodes.Collecting;

/// <summary>Which source of context switches is taken, where several are to be had.</summary>
public sealed class SwitchSourceTests
{
    private readonly List<string> _asked = [];

    [Theory]
    [InlineData("taskstats self-report proc", "taskstats", "taskstats")]
    [InlineData("self-report proc", "self-report", "taskstats self-report")]
    [InlineData("proc", "proc", "taskstats self-report proc")]
    public void The_most_exact_one_is_taken_and_none_behind_it_is_asked(string there, string taken, string asked)
    {
        var chosen = Choose(there.Split(' '), out var unavailable);
        Assert.Equal((taken, (string?)null), (chosen?.Name, unavailable));
        Assert.Equal(asked.Split(' '), _asked);
    }

    [Fact]
    public void Where_there_is_none_the_reason_is_told()
    {
        Assert.Null(Choose([], out var unavailable));
        Assert.Equal(
            "recvfrom: EPERM (Operation not permitted), and this kernel's /proc/PID/task/THREAD/status tells no switches",
            unavailable
        );
    }

    private ISwitchSource? Choose(string[] there, out string? unavailable)
    {
        return SwitchSource.Choose(
            () => Open("taskstats") ?? throw new SystemCallException("recvfrom", Errno.EPERM),
            () => Open("self-report"),
            () => Open("proc"),
            out unavailable
        );

        FakeSource? Open(string name)
        {
            _asked.Add(name);
            return there.Contains(name) ? new FakeSource(name) : null;
        }
    }

    private sealed class FakeSource(string name) : ISwitchSource
    {
        public string Name => name;

        public bool LooksAtEachThread => false;

        public void Read(int pid, SwitchLedger ledger) { }

        public void Dispose() { }
    }
}
