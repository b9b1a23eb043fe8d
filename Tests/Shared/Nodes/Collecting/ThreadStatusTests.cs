using System.Text;
using C10k.Linux;
using C10k.Nodes.Collecting;
using Xunit;

namespace C10k.Tests.Shared.Nodes.Collecting;

public sealed class ThreadStatusTests
{
    [Fact]
    public void Voluntary_and_nonvoluntary_are_told_apart()
    {
        var text = "Name:\tServers\nThreads:\t9\nvoluntary_ctxt_switches:\t150\nnonvoluntary_ctxt_switches:\t545\n";

        Assert.True(ThreadStatus.TryParseSwitches(Encoding.UTF8.GetBytes(text), out var counts));
        Assert.Equal(new SwitchCounts(150, 545), counts);
    }

    [Fact]
    public void Lines_that_follow_do_no_harm()
    {
        var text = "Name:\ta\nvoluntary_ctxt_switches:\t3\nnonvoluntary_ctxt_switches:\t0\nx86_Thread_features:\t\n";

        Assert.True(ThreadStatus.TryParseSwitches(Encoding.UTF8.GetBytes(text), out var counts));
        Assert.Equal(new SwitchCounts(3, 0), counts);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Name:\tServers\nThreads:\t9\n")]
    [InlineData("Name:\tServers\nnonvoluntary_ctxt_switches:\t545\n")]
    [InlineData("Name:\tServers\nvoluntary_ctxt_switches:\t\nnonvoluntary_ctxt_switches:\t545\n")]
    public void A_kernel_that_tells_no_switches_is_noticed(string text) =>
        Assert.False(ThreadStatus.TryParseSwitches(Encoding.UTF8.GetBytes(text), out _));
}
