using C10k.Nodes.Collecting;
using Xunit;

namespace C10k.Tests.Shared.Nodes.Collecting;

/// <summary>CPU time, against what the processes say of themselves.</summary>
public sealed class ServerTreeCpuTests
{
    // The parts come in steps of 10 ms for each process and each list of ended children.
    private static readonly TimeSpan Steps = TimeSpan.FromMilliseconds(60);

    [Theory]
    [InlineData("time.process_time()")]
    [InlineData("sum(resource.getrusage(resource.RUSAGE_SELF)[:2])")]
    public void A_busy_process_is_seen_as_busy_as_it_is(string clock)
    {
        using var child = new PythonChild(
            $$"""
            import resource
            say('ready'); hear()
            start = {{clock}}
            burn(0.5)
            say({{clock}} - start); hear()
            """
        );
        child.Hear();
        using var tree = new ServerTree(child.Pid);
        var before = tree.Read();

        var truth = double.Parse(child.GoOn());
        var used = tree.Read().Cpu - before.Cpu;

        AssertWithin5Percent(truth, used);
    }

    [Fact]
    public void Threads_that_have_ended_count()
    {
        using var child = new PythonChild(
            """
            say('ready'); hear()
            start = time.process_time()
            thread = threading.Thread(target=burn, args=(0.3,))
            thread.start(); thread.join()
            say(time.process_time() - start); hear()
            """
        );
        child.Hear();
        using var tree = new ServerTree(child.Pid);
        var before = tree.Read();

        var truth = double.Parse(child.GoOn());

        AssertWithin5Percent(truth, tree.Read().Cpu - before.Cpu);
    }

    [Theory]
    [InlineData("burn(0.3)", true)]
    [InlineData("[os.urandom(1 << 20) for i in range(100)]", false)]
    public void Time_is_split_into_user_and_kernel(string work, bool mostlyUser)
    {
        using var child = new PythonChild($"{work}; say(*os.times()[:2]); hear()");
        var truth = child.HearNumbers();
        using var tree = new ServerTree(child.Pid);

        var seen = tree.Read();

        Assert.Equal(mostlyUser, seen.UserCpu > seen.SystemCpu);
        Assert.InRange(seen.UserCpu.TotalSeconds - truth[0], -Steps.TotalSeconds, Steps.TotalSeconds);
        Assert.InRange(seen.SystemCpu.TotalSeconds - truth[1], -Steps.TotalSeconds, Steps.TotalSeconds);
        Assert.InRange(seen.UserCpu + seen.SystemCpu - seen.Cpu, -Steps, Steps);
    }

    [Theory]
    [InlineData("os.waitpid(pid, 0)")]
    [InlineData("os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)")]
    public void A_child_that_was_seen_and_has_ended_counts_once(string wait)
    {
        using var child = new PythonChild(
            $$"""
            pid = fork(lambda: burn(0.3))
            say('ready'); hear()
            os.kill(pid, 9); {{wait}}
            say('ended'); hear()
            """
        );
        child.Hear();
        using var tree = new ServerTree(child.Pid);
        var before = tree.Read();

        child.GoOn();
        var after = tree.Read();

        Assert.Equal(1, after.Processes);
        Assert.InRange(after.Cpu - before.Cpu, TimeSpan.Zero, Steps);
    }

    [Fact]
    public void A_child_that_lived_between_two_looks_counts()
    {
        using var child = new PythonChild(
            """
            say('ready'); hear()
            pid = fork(lambda: burn(0.3))
            os.kill(pid, 9); os.waitpid(pid, 0)
            say('ended'); hear()
            """
        );
        child.Hear();
        using var tree = new ServerTree(child.Pid);
        var before = tree.Read();

        child.GoOn();

        AssertWithin5Percent(0.3, tree.Read().Cpu - before.Cpu, Steps);
    }

    [Fact]
    public void A_child_of_a_parent_that_never_waits_stays_as_it_was_last_seen()
    {
        using var child = new PythonChild(
            """
            signal.signal(signal.SIGCHLD, signal.SIG_IGN)
            pid = fork(lambda: burn(0.3))
            say('ready'); hear()
            os.kill(pid, 9)
            try:
                os.waitpid(pid, 0)
            except ChildProcessError:
                say('ended'); hear()
            """
        );
        child.Hear();
        using var tree = new ServerTree(child.Pid);
        var before = tree.Read();

        child.GoOn();
        var after = tree.Read();

        Assert.Equal(1, after.Processes);
        Assert.InRange(after.Cpu - before.Cpu, TimeSpan.Zero, Steps);
    }

    [Fact]
    public async Task Figures_never_run_backwards_while_children_come_and_go_and_are_right_in_the_end()
    {
        using var child = new PythonChild(
            """
            say('ready'); hear()
            start = sum(os.times()[:4])
            say('working')
            for i in range(100):
                pids = [fork(lambda: burn(0.001 * (i % 7))) for k in range(4)]
                for pid in pids:
                    os.kill(pid, 9)
                for pid in pids:
                    os.waitpid(pid, 0)
            say(sum(os.times()[:4]) - start); hear()
            """
        );
        child.Hear();
        using var tree = new ServerTree(child.Pid);
        var first = tree.Read();
        child.GoOn();

        var result = Task.Run(child.Hear);
        var last = first;
        while (!result.IsCompleted)
            last = AssertNotBackwards(last, tree.Read());
        last = tree.Read();
        AssertWithin5Percent(double.Parse(await result), last.Cpu - first.Cpu, Steps);
    }

    private static TreeSnapshot AssertNotBackwards(TreeSnapshot before, TreeSnapshot after)
    {
        Assert.True(after.Cpu >= before.Cpu);
        Assert.True(after.UserCpu >= before.UserCpu);
        Assert.True(after.SystemCpu >= before.SystemCpu);
        Assert.True(after.Switches!.Voluntary >= before.Switches!.Voluntary);
        Assert.True(after.Switches!.Involuntary >= before.Switches!.Involuntary);
        return after;
    }

    private static void AssertWithin5Percent(double truth, TimeSpan seen, TimeSpan tolerance = default) =>
        Assert.InRange(seen.TotalSeconds, 0.95 * truth - tolerance.TotalSeconds, 1.05 * truth + tolerance.TotalSeconds);
}
