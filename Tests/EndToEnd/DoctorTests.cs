using C10k.Contract;
using C10k.Harness.Results;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.EndToEnd;

public class DoctorTests
{
    [Fact]
    public async Task It_tells_of_every_limit_and_starts_nothing()
    {
        await using var harness = new HarnessRun();
        var finished = await harness.Run("doctor");
        Assert.Equal((ExitCode.Success, ""), (finished.ExitCode, finished.Stderr));
        string[] limits =
        [
            "descriptors a process: ",
            "local ports on ",
            "threads and processes: ",
            "threads and processes of this user: ",
            "threads and processes of this control group: ",
            "memory maps a process: ",
            "KiB of memory: ",
            "KiB of memory in this control group: ",
            "net.core.somaxconn): ",
            "net.ipv4.tcp_max_syn_backlog): ",
            "CPUs: ",
            "(taskstats): ",
            "kernel.perf_event_paranoid): ",
            " cases of a default run can run here.",
        ];
        Assert.All(limits, limit => Assert.Contains(limit, finished.Stdout, StringComparison.Ordinal));
        Assert.False(Directory.Exists(harness.Root));
    }

    [Fact]
    public async Task A_limit_that_is_too_low_is_short_and_names_what_would_be_skipped()
    {
        await using var harness = new HarnessRun();
        var finished = await harness.RunWithDescriptors(500, "doctor");
        Assert.Equal(ExitCode.Success, finished.ExitCode);
        Assert.Contains("short  descriptors a process: 500\n", finished.Stdout, StringComparison.Ordinal);
        Assert.Contains(
            "  poll with 1,000 clients would be skipped: needs 1,100 descriptors a process, the limit is 500; ",
            finished.Stdout,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_ordinary_user_is_told_what_he_may_not_do()
    {
        await using var harness = new HarnessRun();
        var finished = await harness.RunThrough(OrdinaryUser.Command, "doctor");
        Assert.Equal((ExitCode.Success, ""), (finished.ExitCode, finished.Stderr));
        Assert.Contains("(taskstats): no: ", finished.Stdout, StringComparison.Ordinal);
        Assert.Matches("threads and processes of this user: (no limit|[0-9,]+)\n", finished.Stdout);
    }

    [Fact]
    public async Task An_ordinary_user_can_run_the_bench()
    {
        await using var harness = new HarnessRun();
        string[] inAFolderOfHis = ["sh", "-c", "chmod a+rwx . && exec \"$0\" \"$@\""];
        var finished = await harness.RunThrough(
            [.. inAFolderOfHis, .. OrdinaryUser.Command],
            HarnessRun.Split("--models poll,prefork:workers=2 --clients 2 --windows 1 --window 1s --warmup 0s")
        );
        Assert.Equal((ExitCode.Success, ""), (finished.ExitCode, finished.ExitCode == 0 ? "" : finished.Stderr));
        Assert.Equal([CaseStatus.Ok, CaseStatus.Ok], harness.Summary.Select(row => row.Status));
        Assert.All(harness.Summary, row => Assert.NotNull(row.ServerCpuCores));
    }
}
