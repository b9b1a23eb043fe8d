using C10k.Nodes;
using C10k.Nodes.Collecting;
using Xunit;

namespace C10k.Tests.Shared.Nodes.Collecting;

public class CpusCollectorTests
{
    private static readonly TreeSnapshot Server = new(0, 1, 1, default, default, default, 0, null, null);

    private static readonly string[] Stat =
    [
        "cpu  9 9 9 9 9 9 9 9 9 9",
        "cpu0 100 0 50 700 20 0 5 0 0 0",
        "cpu1 10 0 5 1000 0 0 0 0 0 0",
        "cpu10 1 0 0 50 0 0 0 0 0 0",
        "intr 1 2 3",
    ];

    [Theory]
    [InlineData("0", 7.2)]
    [InlineData("1", 10)]
    [InlineData("0-1", 17.2)]
    [InlineData("10", 0.5)]
    public void Idle_is_the_sum_of_the_CPUs_asked_for(string cpus, double seconds)
    {
        Assert.True(CpuSet.TryParse(cpus, out var set));
        Assert.Equal(TimeSpan.FromSeconds(seconds), IdleTime.Parse(Stat, set));
    }

    [Theory]
    [InlineData("cpu0 0 0 0 0 0 0 0 0 0 0")]
    [InlineData("cpu1 1 1 1 1 1 1 1 1 1 1")]
    [InlineData("cpu0 1")]
    [InlineData("")]
    public void Where_the_kernel_does_not_tell_it_is_not_known(string line) =>
        Assert.Null(IdleTime.Parse([line], new CpuSet([0])));

    [Fact]
    public void CPUs_that_are_never_idle_are_busy()
    {
        var values = Collect(_ => TimeSpan.FromSeconds(5), new CpuSet([0, 1]), new CpuSet([2]));
        Assert.Equal(2, values[MetricIds.ServerCpusBusy].Value);
        Assert.Equal(1, values[MetricIds.LoadCpusBusy].Value);
        Assert.True(values[MetricIds.HarnessCpuCores].Value >= 0);
    }

    [Fact]
    public void What_is_not_told_is_missing_with_the_reason()
    {
        var values = Collect(_ => null, new CpuSet([0]), new CpuSet([1]));
        Assert.Equal("/proc/stat tells no idle time of these CPUs", values[MetricIds.ServerCpusBusy].Unavailable);
        Assert.NotNull(values[MetricIds.HarnessCpuCores].Value);
    }

    private static Dictionary<string, MetricValue> Collect(Func<CpuSet, TimeSpan?> idle, CpuSet server, CpuSet load)
    {
        var collector = new CpusCollector(idle);
        collector.Begin(new TrialContext(1, Server) { Cpus = new WatchedCpus(server, load) });
        collector.Border(new WindowBorder(0, 0, Server));
        collector.Border(new WindowBorder(1, 0, Server));
        return collector.End().ToDictionary(value => value.MetricId);
    }
}
