using System.Diagnostics;
using C10k.Nodes.Collecting;
using Xunit;

namespace C10k.Tests.Shared.Nodes.Collecting;

/// <summary>Who belongs to a tree, and how large it is.</summary>
public sealed class ServerTreeTests
{
    [Fact]
    public void Children_and_their_children_belong_to_the_tree()
    {
        using var child = new PythonChild("fork(fork); say('ready'); hear()");
        child.Hear();
        using var tree = new ServerTree(child.Pid);

        var seen = tree.Read();

        Assert.Equal((3, 3), (seen.Processes, seen.Threads));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(400)]
    public void Threads_are_counted_as_the_kernel_counts_them_and_children_of_threads_belong(int threads)
    {
        using var child = new PythonChild(
            $$"""
            threading.stack_size(128 * 1024)
            forked, stay = threading.Event(), threading.Event()
            for i in range({{threads}}):
                threading.Thread(target=stay.wait, daemon=True).start()
            def parent():
                fork()
                forked.set()
                stay.wait()
            threading.Thread(target=parent, daemon=True).start()
            forked.wait()
            say('ready'); hear()
            """
        );
        child.Hear();
        using var tree = new ServerTree(child.Pid);

        var seen = tree.Read();

        Assert.Equal(ThreadsInStatus(child.Pid) + 1, seen.Threads);
        Assert.Equal(2, seen.Processes);
    }

    [Fact]
    public void A_child_whose_parent_has_ended_stays_in_the_tree()
    {
        using var child = new PythonChild(
            """
            middle = fork(lambda: say(fork()))
            hear()
            os.kill(middle, 9); os.waitpid(middle, 0)
            say('orphaned'); hear()
            """
        );
        using var grandchild = Process.GetProcessById((int)child.HearNumbers()[0]);
        using var tree = new ServerTree(child.Pid);
        Assert.Equal(3, tree.Read().Processes);

        child.GoOn();

        Assert.Equal(2, tree.Read().Processes);
        child.End();
        Assert.Equal(1, tree.Read().Processes);
        grandchild.Kill();
    }

    [Fact]
    public void A_zombie_is_no_process_any_more()
    {
        using var child = new PythonChild(
            """
            pid = fork()
            say(pid); hear()
            os.kill(pid, 9); os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
            say('zombie'); hear()
            """
        );
        child.Hear();
        using var tree = new ServerTree(child.Pid);
        Assert.Equal(2, tree.Read().Processes);

        child.GoOn();

        Assert.Equal(1, tree.Read().Processes);
    }

    [Fact]
    public void Resident_memory_is_what_status_tells()
    {
        using var child = new PythonChild(
            """
            say('small'); hear()
            memory = bytearray(64 << 20)
            for i in range(0, len(memory), 4096):
                memory[i] = 1
            say('large'); hear()
            """
        );
        child.Hear();
        using var tree = new ServerTree(child.Pid);
        var before = tree.Read().RssBytes;

        child.GoOn();
        var after = tree.Read().RssBytes;

        Assert.InRange(after - before, 62 << 20, 72 << 20);
        Assert.InRange(after / 1024.0 / StatusField(child.Pid, "VmRSS"), 0.95, 1.05);
    }

    [Fact]
    public void A_server_that_has_ended_shows_no_processes_and_keeps_what_it_has_used()
    {
        using var child = new PythonChild("burn(0.1); say('ready'); hear()");
        child.Hear();
        using var tree = new ServerTree(child.Pid);
        var before = tree.Read();

        child.End();
        var after = tree.Read();

        Assert.Equal((0, 0, 0L), (after.Processes, after.Threads, after.RssBytes));
        Assert.Equal(before.Cpu, after.Cpu);
        Assert.Equal(before.Switches, after.Switches);
    }

    [Fact]
    public void A_server_that_was_never_seen_has_no_switches_rather_than_none()
    {
        using var child = new PythonChild("say('ready'); hear()");
        child.Hear();
        child.End();
        using var tree = new ServerTree(child.Pid);

        var seen = tree.Read();

        Assert.Equal(0, seen.Processes);
        Assert.Null(seen.Switches);
        Assert.Contains(child.Pid.ToString(), seen.SwitchesUnavailable, StringComparison.Ordinal);
    }

    [Fact]
    public void A_look_without_switches_says_so_and_loses_none_of_them()
    {
        using var child = new PythonChild("say('ready'); hear(); time.sleep(0.001); say('slept'); hear()");
        child.Hear();
        using var tree = new ServerTree(child.Pid);
        var before = tree.Read();

        child.GoOn();
        var skipped = tree.Read(withSwitches: false);

        Assert.Null(skipped.Switches);
        Assert.NotNull(skipped.SwitchesUnavailable);
        Assert.True(tree.Read().Switches!.Voluntary > before.Switches!.Voluntary);
    }

    private static int ThreadsInStatus(int pid) => StatusField(pid, "Threads");

    private static int StatusField(int pid, string name) =>
        int.Parse(
            File.ReadLines($"/proc/{pid}/status")
                .First(line => line.StartsWith(name + ":", StringComparison.Ordinal))
                .Split([':', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1]
        );
}
