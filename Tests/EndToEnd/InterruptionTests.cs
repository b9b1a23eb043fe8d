using C10k.Contract;
using C10k.Harness.Results;
using C10k.Tests.Servers;
using Xunit;

namespace C10k.Tests.EndToEnd;

public class InterruptionTests
{
    private static readonly string[] Many = HarnessRun.Split(
        "--models epoll-level --clients 1,2,3,4,5,6,7,8,9,10 --windows 1 --window 500ms --warmup 0s"
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
}
