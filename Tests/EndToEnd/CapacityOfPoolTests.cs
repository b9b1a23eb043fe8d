using Xunit;
using static C10k.Tests.EndToEnd.CapacityRuns;

namespace C10k.Tests.EndToEnd;

/// <summary>The capacity of a server whose limits are known. In a class of its own, so that it runs beside the others.</summary>
[Trait("Category", "long")]
public class CapacityOfPoolTests
{
    // Twenty-five threads, each of which waits 20 ms for a request: 1,250 a second at most, and twenty-five clients.
    [Fact]
    public async Task The_capacity_of_a_bounded_pool_is_what_arithmetic_says()
    {
        await using var harness = new HarnessRun();
        var finished = await harness.RunWithBuild(
            HarnessRun.Split(
                $"capacity thread-pool:threads=25 --workload echo:wait=20ms --slo 200ms --clients 25 --repeats 1 {Short}"
            )
        );
        harness.Succeeded(finished);
        Assert.InRange(Answer(finished, "threads=25: ([0-9,]+) requests/s"), 600, 1275);
        Assert.InRange(Answer(finished, "threads=25: ([0-9,]+) clients"), 20, 25);
        // An answer is confirmed before it is given.
        foreach (var search in Tries(harness).GroupBy(row => row.Searched))
            Assert.True(search.Last().Holds, $"{search.Key}: {search.Last().Reason}");
    }
}
