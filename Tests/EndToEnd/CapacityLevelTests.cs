using C10k.Contract;
using Xunit;
using static C10k.Tests.EndToEnd.CapacityRuns;

namespace C10k.Tests.EndToEnd;

/// <summary>A service level that no rate keeps. In a class of its own, so that it runs beside the others.</summary>
[Trait("Category", "long")]
public class CapacityLevelTests
{
    [Fact]
    public async Task A_server_that_answers_all_but_too_late_does_not_hold()
    {
        await using var harness = new HarnessRun();
        var finished = await harness.RunWithBuild(
            HarnessRun.Split(
                $"capacity thread-pool:threads=25 --workload echo:wait=20ms --slo 15ms --clients 25 --repeats 0 {Short}"
            )
        );
        Assert.Equal(ExitCode.Failure, finished.ExitCode);
        Assert.Contains(
            "thread-pool:threads=25: not even one request/s of 25 clients with p99 under 15ms",
            finished.Stdout,
            StringComparison.Ordinal
        );
        Assert.Contains(
            Tries(harness),
            row =>
                row.Reason is { } reason
                && reason.StartsWith("p99 is ", StringComparison.Ordinal)
                && reason.EndsWith(" µs, over 15ms", StringComparison.Ordinal)
        );
    }
}
