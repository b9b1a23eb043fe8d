using C10k.Nodes;
using C10k.Nodes.Collecting;
using Xunit;

namespace C10k.Tests.Shared.Nodes.Collecting;

public sealed class TrialWatchTests
{
    [Fact]
    public void A_busy_and_an_idle_window_of_a_real_process_are_told_apart()
    {
        using var child = new PythonChild(
            """
            say('ready'); hear()
            burn(0.3)
            say('burnt'); hear()
            time.sleep(0.3)
            say('slept'); hear()
            """
        );
        child.Hear();
        using var watch = new TrialWatch(
            new WatchedServer(child.Pid, Port: 1, SelfReportName: ""),
            new WatchedCpus(CpuSet.Allowed, CpuSet.Allowed)
        );
        watch.Border(0);
        child.GoOn();
        watch.Border(1);
        child.GoOn();
        watch.Border(2);

        var values = watch.End();

        var cores = values
            .Where(value => value.MetricId == MetricIds.ServerCpuCores)
            .Select(value => value.Value)
            .ToList();
        Assert.Equal(2, cores.Count);
        Assert.True(cores[0] > 2 * cores[1], $"busy {cores[0]}, idle {cores[1]}");
        // It serves no port, and has no runtime that reports of itself.
        string[] missing =
        [
            MetricIds.GcCollections,
            MetricIds.GcPauseMs,
            MetricIds.AllocatedMb,
            MetricIds.ThreadPoolThreads,
            MetricIds.ThreadPoolQueue,
            MetricIds.SocketMemoryMb,
            MetricIds.ServerReceivedBytes,
        ];
        Assert.Equal(
            missing.Order(),
            values.Where(value => value.Value is null).Select(value => value.MetricId).Distinct().Order()
        );
        Assert.All(values, value => Assert.True(value.Value is null == value.Unavailable is not null));
        Assert.Equal([-1, 0, 1], values.Select(value => value.Window).Distinct().Order());
    }
}
