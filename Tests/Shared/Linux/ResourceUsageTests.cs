using C10k.Linux;
using Xunit;

namespace C10k.Tests.Shared.Linux;

public sealed class ResourceUsageTests
{
    // Two sources for the same thing; /proc counts whole ticks, and both move on between the two readings.
    [Fact]
    public void It_agrees_with_what_the_runtime_says()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        var before = ResourceUsage.OfThisProcess();
        process.Refresh();
        var (user, system) = (process.UserProcessorTime, process.PrivilegedProcessorTime);
        var after = ResourceUsage.OfThisProcess();
        var tick = TimeSpan.FromMilliseconds(20);
        Assert.InRange(user + system, before.Cpu - tick, after.Cpu + tick);
        Assert.InRange(user, before.User - tick, after.User + tick);
        Assert.InRange(system, before.System - tick, after.System + tick);
    }
}
