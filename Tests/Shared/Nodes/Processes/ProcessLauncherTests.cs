using C10k.Harness.Recording;
using C10k.Linux;
using C10k.Nodes;
using C10k.Nodes.Processes;
using C10k.Tests.Servers;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.Shared.Nodes.Processes;

/// <summary>Real processes: the shell, and what it starts.</summary>
public sealed class ProcessLauncherTests : IDisposable
{
    private static readonly TimeSpan Long = Patience.Limit;
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(100);

    private readonly StringWriter _text = new();
    private readonly TextWriter _writer;
    private readonly RunLog _log;
    private readonly ProcessLauncher _launcher;

    public ProcessLauncherTests()
    {
        _writer = TextWriter.Synchronized(_text);
        _log = new RunLog(_writer, new FakeClock());
        _launcher = new ProcessLauncher(_log.Write);
    }

    public void Dispose()
    {
        _launcher.Dispose();
        _log.Dispose();
    }

    [Fact]
    public void A_process_is_bound_to_its_CPUs_and_we_are_not()
    {
        var mine = Syscall.GetAffinity();
        foreach (var cpu in CpuSet.Allowed.Cpus)
        {
            using var process = Start("grep Cpus_allowed_list: /proc/$$/status", new CpuSet([cpu]));
            Assert.Equal($"Cpus_allowed_list:\t{cpu}", Read(process));
        }
        Assert.Equal(mine, Syscall.GetAffinity());
        using var free = Start("grep Cpus_allowed_list: /proc/$$/status", CpuSet.Allowed);
        Assert.Equal($"Cpus_allowed_list:\t{CpuSet.Allowed}", Read(free));
    }

    [Fact]
    public void A_CPU_that_there_is_not_is_a_failed_start()
    {
        var failure = Assert.Throws<NodeException>(() => Start("true", new CpuSet([Syscall.MaxCpus - 1])));
        Assert.StartsWith(
            "server could not be started: /bin/sh: sched_setaffinity",
            failure.Message,
            StringComparison.Ordinal
        );
        using var next = Start("echo fine");
        Assert.Equal("fine", Read(next));
    }

    // Fields 5 and 6 of /proc/PID/stat, see proc_pid_stat(5).
    [Fact]
    public void A_process_leads_a_session_and_a_process_group_of_its_own()
    {
        using var process = Start("cut -d ' ' -f 1,5,6 /proc/$$/stat");
        Assert.Equal($"{process.Id} {process.Id} {process.Id}", Read(process));
    }

    [Fact]
    public void It_has_the_environment_and_the_arguments_it_was_given()
    {
        var start = new ProcessStart(
            "load",
            "/bin/sh",
            ["-c", "echo \"$1|$2|$COLOUR|$HOME\"", "sh", "a b", "'\"$x"],
            CpuSet.Allowed
        )
        {
            Environment = new Dictionary<string, string> { ["COLOUR"] = "dark green" },
        };
        using var process = _launcher.Start(start);
        Assert.Equal($"a b|'\"$x|dark green|{Environment.GetEnvironmentVariable("HOME")}", Read(process));
    }

    [Fact]
    public void What_is_started_is_written_down()
    {
        using var process = Start("true");
        Assert.Contains(
            $"server: pid {process.Id} on CPUs {CpuSet.Allowed}: /bin/sh -c true",
            Log(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_program_that_is_not_there_ends_at_once_or_is_not_started()
    {
        try
        {
            using var process = _launcher.Start(new ProcessStart("server", "/nowhere/Servers", [], CpuSet.Allowed));
            Assert.True(process.WaitForExit(Long));
            Assert.Equal(127, process.ExitCode);
            Assert.Null(process.ReadLine(Long, CancellationToken.None));
        }
        catch (NodeException failure)
        {
            Assert.StartsWith(
                "server could not be started: /nowhere/Servers",
                failure.Message,
                StringComparison.Ordinal
            );
        }
    }

    [Theory]
    [InlineData("exit 0", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("kill -KILL $$", 137)]
    [InlineData("kill -SEGV $$", 139)]
    public void It_tells_how_it_ended(string script, int code)
    {
        using var process = Start(script);
        Assert.True(process.WaitForExit(Long));
        Assert.Equal(code, process.ExitCode);
        Assert.True(process.Stop(Short));
        Assert.Null(process.ReadLine(Long, CancellationToken.None));
    }

    [Fact]
    public void It_reads_and_writes_lines()
    {
        using var process = Start("while read -r line; do printf 'got %s\\n' \"$line\"; done");
        Assert.Null(process.ExitCode);
        foreach (var line in (string[])["one", "", "three: \\n ü"])
        {
            process.WriteLine(line);
            Assert.Equal($"got {line}", Read(process));
        }
    }

    [Fact]
    public void Nobody_waits_longer_than_he_wants()
    {
        using var process = Start("echo one; exec sleep 1000");
        Assert.Equal("one", Read(process));
        Assert.Throws<TimeoutException>(() => process.ReadLine(Short, CancellationToken.None));
        Assert.False(process.WaitForExit(Short));
        using var stop = new CancellationTokenSource(Short);
        Assert.ThrowsAny<OperationCanceledException>(() => process.ReadLine(Long, stop.Token));
    }

    [Fact]
    public void Writing_to_a_process_that_is_gone_is_no_error()
    {
        using var process = Start("exit 0");
        Assert.True(process.WaitForExit(Long));
        for (var i = 0; i < 3; i++)
            process.WriteLine(new string('x', 100_000));
        Assert.Contains("server: does not read: ", Log(), StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_that_nobody_reads_are_dropped_and_do_not_hold_it_up()
    {
        using var process = Start("yes | head -n 300000");
        Assert.True(process.WaitForExit(Long));
        var lines = 0;
        while (process.ReadLine(Long, CancellationToken.None) is not null)
            lines++;
        // What stood in the pipe when it ended comes after those that were kept.
        Assert.InRange(lines, 10_000, 60_000);
    }

    [Fact]
    public void Long_lines_that_nobody_reads_are_dropped_earlier()
    {
        const int Lines = 40;
        using var process = Start($"for i in $(seq {Lines}); do head -c 1000000 /dev/zero | tr '\\0' x; echo; done");
        Assert.True(process.WaitForExit(Long));
        var lengths = new List<long>();
        while (process.ReadLine(Long, CancellationToken.None) is { } line)
            lengths.Add(line.Length);
        Assert.All(lengths, length => Assert.Equal(1_000_000, length));
        Assert.InRange(lengths.Sum(), 1, 5L * BoundedLines.MaxLength);
    }

    [Fact]
    public void A_line_without_end_is_cut()
    {
        using var process = Start("head -c 6000000 /dev/zero | tr '\\0' x; echo; echo next");
        Assert.Equal(BoundedLines.MaxLength, Read(process)?.Length);
        Assert.Equal("next", Read(process));
    }

    [Fact]
    public async Task Stderr_lands_in_the_log()
    {
        using var process = Start("echo 'it is broken' >&2; echo done");
        Assert.Equal("done", Read(process));
        await Patience.Until(
            "stderr in the log",
            () => Log().Contains("server: stderr: it is broken", StringComparison.Ordinal),
            Log
        );
    }

    [Fact]
    public void A_flood_can_be_stopped()
    {
        using var process = Start("exec yes");
        Assert.Equal("y", Read(process));
        Assert.True(process.Stop(Long));
        Assert.Equal(143, process.ExitCode);
    }

    [Fact]
    public void Stderr_without_end_does_not_fill_the_log()
    {
        using (var process = Start("yes problem | head -n 100000 >&2; head -c 3000000 /dev/zero >&2; echo done"))
            Assert.Equal("done", Read(process));
        var log = Log();
        Assert.InRange(log.Split('\n').Length, 200, 210);
        Assert.Contains("server: stderr: further lines are dropped", log, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_of_stderr_without_end_does_not_fill_the_log_either()
    {
        using (
            var process = Start(
                "for i in 1 2 3; do head -c 1000000 /dev/zero | tr '\\0' x >&2; echo >&2; done; echo done"
            )
        )
            Assert.Equal("done", Read(process));
        Assert.InRange(Log().Length, 6_000, 10_000);
    }

    [Fact]
    public void SIGTERM_is_asked_for_first()
    {
        using var process = Start("trap 'echo bye; exit 5' TERM; echo ready; while :; do sleep 0.01; done");
        Assert.Equal("ready", Read(process));
        Assert.True(process.Stop(Long));
        Assert.Equal("bye", Read(process));
        Assert.Equal(5, process.ExitCode);
    }

    [Fact]
    public void Who_ignores_SIGTERM_is_killed_and_reported()
    {
        using var process = Start("trap '' TERM; echo ready; while :; do sleep 0.01; done");
        Assert.Equal("ready", Read(process));
        Assert.False(process.Stop(Short));
        Assert.True(process.WaitForExit(Long));
        Assert.Equal(137, process.ExitCode);
        Assert.Contains("server: did not end within 0.1 s of SIGTERM and is killed", Log(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_it_started_goes_with_it()
    {
        int grandchild;
        using (var process = Start("sleep 1000 & echo $!; wait"))
            grandchild = int.Parse(Read(process)!);
        await IsGone(grandchild);
    }

    [Fact]
    public async Task Whatever_it_left_behind_goes_too()
    {
        int grandchild;
        using (var process = Start("sleep 1000 > /dev/null 2>&1 & echo $!"))
        {
            grandchild = int.Parse(Read(process)!);
            Assert.True(process.WaitForExit(Long));
            Assert.True(ProcessTree.IsAlive(grandchild));
        }
        await IsGone(grandchild);
    }

    [Fact]
    public async Task It_dies_with_the_launcher()
    {
        int child;
        using (var launcher = new ProcessLauncher(_log.Write))
        {
            var process = launcher.Start(
                new ProcessStart("server", "/bin/sh", ["-c", "echo; exec sleep 1000"], CpuSet.Allowed)
            );
            child = process.Id;
            Assert.Equal("", Read(process));
            Assert.True(ProcessTree.IsAlive(child));
        }
        await IsGone(child);
    }

    [Fact]
    public async Task Many_can_be_started_at_once()
    {
        var started = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => Start($"echo {i}"))));
        for (var i = 0; i < started.Length; i++)
        {
            using var process = started[i];
            Assert.Equal($"{i}", Read(process));
        }
    }

    private static Task IsGone(int process) =>
        Patience.Until($"end of process {process}", () => !ProcessTree.IsAlive(process), () => "it runs");

    private IChildProcess Start(string script, CpuSet? cpus = null) =>
        _launcher.Start(new ProcessStart("server", "/bin/sh", ["-c", script], cpus ?? CpuSet.Allowed));

    private static string? Read(IChildProcess process) => process.ReadLine(Long, CancellationToken.None);

    private string Log()
    {
        lock (_writer)
            return _text.ToString();
    }
}
