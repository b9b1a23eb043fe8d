using C10k.Conversations;
using C10k.Linux;
using Xunit;

namespace C10k.Tests.Shared.Conversations;

public sealed class CpuWorkTests
{
    [Fact]
    public void No_time_is_no_work() => Assert.Equal(0, CpuWork.Calibrate(TimeSpan.Zero));

    // In CPU time of this thread, which other work on the machine lengthens a little: by shared caches and clock rates, never by waiting.
    [Fact]
    public void Computing_takes_about_the_cpu_time_that_was_asked_for()
    {
        var asked = TimeSpan.FromMilliseconds(2);
        var iterations = CpuWork.Calibrate(asked);
        var took = Enumerable.Range(0, 20).Min(_ => CpuTimeOf(iterations));
        Assert.InRange(took / asked, 0.7, 2);
    }

    [Fact]
    public void Twice_the_time_is_twice_the_iterations() =>
        Assert.InRange(
            (double)CpuWork.Calibrate(TimeSpan.FromMilliseconds(20)) / CpuWork.Calibrate(TimeSpan.FromMilliseconds(10)),
            1,
            4
        );

    private static TimeSpan CpuTimeOf(long iterations)
    {
        var before = Syscall.ThreadCpuTime();
        CpuWork.Do(iterations);
        return Syscall.ThreadCpuTime() - before;
    }
}
