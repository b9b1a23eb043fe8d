using C10k.Contract;
using C10k.Harness.Results;
using C10k.Tests.Servers;
using Xunit;

namespace C10k.Tests.EndToEnd;

public class InterruptionTests
{
    private static readonly string[] Endless = HarnessRun.Split(
        "--models epoll-level,poll --clients 20 --window 60s --warmup 0s"
    );

    private static readonly string[] Many = HarnessRun.Split(
        "--models epoll-level --clients 1,2,3,4,5,6,7,8,9,10 --windows 1 --window 100ms --warmup 0s"
    );

    private static readonly string[] Two = HarnessRun.Split(
        "--models epoll-level,poll --clients 5 --windows 1 --window 2s --warmup 0s"
    );

    [Theory]
    [InlineData(ProcessTree.SIGINT)]
    [InlineData(ProcessTree.SIGTERM)]
    public async Task What_was_measured_before_an_interruption_is_on_disk(int signal)
    {
        await using var harness = new HarnessRun();
        await using var program = harness.Start(Many);
        await Patience.Until("a second case", () => harness.Started("load").Count >= 2, () => program.Stderr);
        program.Signal(signal);
        var finished = await program.Finish();
        Assert.Equal(ExitCode.Interrupted, finished.ExitCode);
        await harness.NothingRuns();
        Assert.InRange(harness.Summary.Count, 1, 9);
        Assert.All(harness.Summary, row => Assert.Equal(CaseStatus.Ok, row.Status));
        Assert.Equal(harness.Summary.Select(row => row.Clients), harness.Windows.Select(window => window.Clients));
        Assert.Contains("figures: ", finished.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interruption_in_the_middle_of_a_window_does_not_wait_for_its_end()
    {
        await using var harness = new HarnessRun();
        await using var program = harness.Start(Endless);
        await harness.BothRun(program);
        program.Signal(ProcessTree.SIGINT);
        var finished = await program.Finish();
        Assert.Equal(ExitCode.Interrupted, finished.ExitCode);
        await harness.NothingRuns();
        Assert.Empty(harness.Summary);
        Assert.Empty(harness.Windows);
        Assert.Contains("interrupted", File.ReadAllText(harness.Latest.Log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Harness_that_is_killed_takes_its_processes_with_it()
    {
        await using var harness = new HarnessRun();
        await using var program = harness.Start(Endless);
        await harness.BothRun(program);
        program.Signal(ProcessTree.SIGKILL);
        Assert.Equal(137, (await program.Finish()).ExitCode);
        await harness.NothingRuns();
    }

    [Fact]
    public async Task A_server_that_is_killed_fails_its_case_and_no_other()
    {
        await using var harness = new HarnessRun();
        await using var program = harness.Start(Two);
        await harness.BothRun(program);
        _ = ProcessTree.Signal(harness.Started("server")[0], ProcessTree.SIGKILL);
        var finished = await program.Finish();
        Assert.Equal(ExitCode.Failure, finished.ExitCode);
        Assert.Equal([CaseStatus.Failed, CaseStatus.Ok], harness.Summary.Select(row => row.Status));
        Assert.Contains("exit code 137", harness.Summary[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_load_generator_that_is_killed_fails_its_case_and_no_other()
    {
        await using var harness = new HarnessRun();
        await using var program = harness.Start(Two);
        await harness.BothRun(program);
        _ = ProcessTree.Signal(harness.Started("load")[0], ProcessTree.SIGKILL);
        var finished = await program.Finish();
        Assert.Equal(ExitCode.Failure, finished.ExitCode);
        Assert.Equal([CaseStatus.Failed, CaseStatus.Ok], harness.Summary.Select(row => row.Status));
        Assert.Equal("the load generator ended with exit code 137; see bench.log", harness.Summary[0].Reason);
    }
}
