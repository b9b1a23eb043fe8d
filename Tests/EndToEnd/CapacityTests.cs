using C10k.Contract;
using C10k.Harness.Results;
using C10k.Tests.Support;
using Xunit;
using static C10k.Tests.EndToEnd.CapacityRuns;

namespace C10k.Tests.EndToEnd;

public class CapacityTests
{
    // One client with 20 ms a request: never more than fifty a second, and nobody else is served.
    [Fact]
    [Trait("Category", "long")]
    public Task A_server_that_can_do_little_has_a_capacity_too() =>
        Effect.Shows(RateOfOne, rate => rate >= 30, rate => $"{rate} requests/s");

    // Other programs may keep it from some of them. Nothing lets it answer more.
    private static async Task<int> RateOfOne()
    {
        await using var harness = new HarnessRun();
        var finished = await harness.RunWithBuild(
            HarnessRun.Split($"capacity blocking --workload echo:wait=20ms --slo 1s --clients 1 --repeats 0 {Short}")
        );
        harness.Succeeded(finished);
        var rate = Answer(finished, "blocking: ([0-9,]+) requests/s of 1 clients");
        Assert.InRange(rate, 1, 56);
        Assert.Contains("blocking: 1 clients connected and served", finished.Stdout, StringComparison.Ordinal);
        await harness.NothingRuns();
        var tries = Tries(harness);
        Assert.False(tries.First(row => row.Searched == CapacityKind.Rate).Holds);
        Assert.Contains("requests/s were answered", tries[0].Reason, StringComparison.Ordinal);
        var unserved = tries.First(row => row.Searched == CapacityKind.Clients);
        Assert.Contains("1 were served", unserved.Reason, StringComparison.Ordinal);
        return rate;
    }

    [Fact]
    public async Task More_than_one_workload_is_refused()
    {
        await using var harness = new HarnessRun();
        var finished = await harness.Run(HarnessRun.Split("capacity poll --workload echo,idle"));
        Assert.Equal(ExitCode.WrongArguments, finished.ExitCode);
        Assert.Contains("capacity takes one workload", finished.Stderr, StringComparison.Ordinal);
    }
}
