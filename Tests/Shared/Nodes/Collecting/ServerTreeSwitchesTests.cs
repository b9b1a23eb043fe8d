using C10k.Nodes.Collecting;
using Xunit;

namespace C10k.Tests.Shared.Nodes.Collecting;

/// <summary>Context switches, against getrusage(2) in the program that made them.</summary>
public sealed class ServerTreeSwitchesTests
{
    // What a program does to hear and say a line, and what the scheduler adds.
    private const int Margin = 20;

    private const string SleepHundredTimes = """
        def sleep():
            for i in range(100):
                time.sleep(0.0002)
        def switches():
            return resource.getrusage(resource.RUSAGE_SELF).ru_nvcsw

        """;

    [Theory]
    [InlineData(SwitchSource.Taskstats)]
    [InlineData(SwitchSource.Proc)]
    public void Each_sleep_is_a_voluntary_switch(string source)
    {
        using var child = new PythonChild(
            SleepHundredTimes
                + """
                say('ready'); hear()
                before = switches(); sleep()
                say(switches() - before); hear()
                """
        );
        child.Hear();
        using var tree = Watch(child, source);
        var before = tree.Read().Switches!;

        var truth = int.Parse(child.GoOn());
        var after = tree.Read().Switches!;

        Assert.Equal(source, after.Source);
        Assert.InRange(truth, 100, int.MaxValue);
        Assert.InRange(after.Voluntary - before.Voluntary, truth, truth + Margin);
    }

    [Theory]
    [InlineData(SwitchSource.Taskstats)]
    [InlineData(SwitchSource.Proc)]
    public void All_threads_count(string source)
    {
        // Who has slept blocks in a single call, and switches no more.
        using var child = new PythonChild(
            SleepHundredTimes
                + """
                (begin, start), (done, tell), (never, _) = os.pipe(), os.pipe(), os.pipe()
                def work():
                    os.read(begin, 1); sleep(); os.write(tell, b'.'); os.read(never, 1)
                for i in range(3):
                    threading.Thread(target=work, daemon=True).start()
                say('ready'); hear()
                before = switches(); os.write(start, b'...')
                for i in range(3):
                    os.read(done, 1)
                say(switches() - before); hear()
                """
        );
        child.Hear();
        using var tree = Watch(child, source);
        var before = tree.Read().Switches!;

        var truth = int.Parse(child.GoOn());
        var after = tree.Read().Switches!;

        Assert.InRange(truth, 300, int.MaxValue);
        Assert.InRange(after.Voluntary - before.Voluntary, truth - Margin, truth + Margin);
    }

    [Fact]
    public void Taskstats_counts_threads_that_came_and_went_between_two_looks()
    {
        using var child = new PythonChild(
            SleepHundredTimes
                + """
                say('ready'); hear()
                before = switches()
                thread = threading.Thread(target=sleep)
                thread.start(); thread.join()
                say(switches() - before); hear()
                """
        );
        child.Hear();
        using var tree = Watch(child, SwitchSource.Taskstats);
        var before = tree.Read().Switches!;

        var truth = int.Parse(child.GoOn());
        var after = tree.Read().Switches!;

        Assert.InRange(truth, 100, int.MaxValue);
        Assert.InRange(after.Voluntary - before.Voluntary, truth, truth + Margin);
    }

    [Theory]
    [InlineData(SwitchSource.Taskstats)]
    [InlineData(SwitchSource.Proc)]
    public void A_thread_that_has_ended_stays_as_it_was_last_seen(string source)
    {
        using var child = new PythonChild(
            SleepHundredTimes
                + """
                slept, end = threading.Event(), threading.Event()
                def work():
                    sleep(); slept.set(); end.wait()
                thread = threading.Thread(target=work); thread.start(); slept.wait()
                say('slept'); hear()
                end.set(); thread.join()
                say('ended'); hear()
                """
        );
        child.Hear();
        using var tree = Watch(child, source);
        var before = tree.Read().Switches!;

        child.GoOn();
        var after = tree.Read().Switches!;

        Assert.InRange(after.Voluntary - before.Voluntary, 0, Margin);
    }

    [Theory]
    [InlineData(SwitchSource.Taskstats, "os.waitpid(pid, 0)")]
    [InlineData(SwitchSource.Proc, "os.waitpid(pid, 0)")]
    [InlineData(SwitchSource.Taskstats, "os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)")]
    [InlineData(SwitchSource.Proc, "os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)")]
    public void A_child_that_has_ended_stays_as_it_was_last_seen(string source, string wait)
    {
        using var child = new PythonChild(
            SleepHundredTimes
                + $$"""
                pid = fork(sleep)
                say('slept'); hear()
                os.kill(pid, 9); {{wait}}
                say('ended'); hear()
                """
        );
        child.Hear();
        using var tree = Watch(child, source);
        var before = tree.Read().Switches!;
        Assert.InRange(before.Voluntary, 100, int.MaxValue);

        child.GoOn();
        var after = tree.Read().Switches!;

        Assert.InRange(after.Voluntary - before.Voluntary, 0, Margin);
    }

    [Fact]
    public void A_thread_that_is_pushed_aside_switches_involuntarily()
    {
        using var child = new PythonChild(
            """
            os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])
            say('ready'); hear()
            before = resource.getrusage(resource.RUSAGE_SELF).ru_nivcsw
            rival = os.fork()
            if rival == 0:
                burn(0.3); os._exit(0)
            burn(0.3); os.waitpid(rival, 0)
            say(resource.getrusage(resource.RUSAGE_SELF).ru_nivcsw - before); hear()
            """
        );
        child.Hear();
        using var tree = new ServerTree(child.Pid);
        var before = tree.Read().Switches!;

        var truth = int.Parse(child.GoOn());
        var after = tree.Read().Switches!;

        // The rival's own switches are not among them: it was born and ended between two looks.
        Assert.InRange(after.Involuntary - before.Involuntary, truth, truth + Margin);
    }

    private static ServerTree Watch(PythonChild child, string source)
    {
        if (source == SwitchSource.Proc)
            return new ServerTree(child.Pid, reader => new ProcSwitches(reader));
        var tree = new ServerTree(child.Pid);
        var found = tree.Read() is { Switches.Source: { } name } ? name : "none";
        if (found != source)
            tree.Dispose();
        Assert.SkipUnless(found == source, $"needs the source {source}; this machine or user has {found}");
        return tree;
    }
}
