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
        using var watch = Watch(child);
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

    [Fact]
    public void Of_two_looks_one_right_after_the_other_the_second_tells_no_CPU_time()
    {
        using var child = new PythonChild("say('ready'); hear(); burn(0.1); say('burnt'); hear()");
        child.Hear();
        using var watch = Watch(child);
        watch.Border(0);
        child.GoOn();
        Assert.NotNull(watch.Border(1).CpuCores);
        // A machine that does something else in between gives the second look time enough to tell something.
        Assert.Contains(Enumerable.Range(2, 100), index => watch.Border(index).CpuCores is null);
    }

    [Fact]
    public void Descriptors_are_those_that_are_open_at_the_end_of_each_window_in_all_processes()
    {
        using var child = new PythonChild(
            """
            fork()
            say(len(os.listdir('/proc/self/fd')) - 1); hear()
            opened = [os.open('/dev/null', os.O_RDONLY) for i in range(7)]
            say('opened'); hear()
            for one in opened: os.close(one)
            say('closed'); hear()
            """
        );
        var own = child.HearNumbers()[0];
        using var watch = Watch(child);
        watch.Border(0);
        child.GoOn();
        watch.Border(1);
        child.GoOn();
        watch.Border(2);

        var open = watch.End().Where(value => value.MetricId == MetricIds.Descriptors).ToList();

        Assert.Equal([0, 1], open.Select(value => value.Window));
        Assert.Equal(7, open[0].Value - open[1].Value);
        // The child that was forked has what its parent had, and is counted too.
        Assert.InRange(open[1].Value!.Value, own + 1, 2 * own + 2);
    }

    // It serves no port, and reports nothing of itself.
    private static TrialWatch Watch(PythonChild child) =>
        new(new WatchedServer(child.Pid, Port: 1, SelfReportName: ""), new WatchedCpus(CpuSet.Allowed, CpuSet.Allowed));
}
