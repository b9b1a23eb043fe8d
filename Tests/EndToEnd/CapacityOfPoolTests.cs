using C10k.Tests.Support;
using Xunit;
using static C10k.Tests.EndToEnd.CapacityRuns;

namespace C10k.Tests.EndToEnd;

/// <summary>The capacity of a server whose limits are known. In a class of its own, so that it runs beside the others.</summary>
[Trait("Category", "long")]
public class CapacityOfPoolTests
{
    // Twenty-five threads, each of which waits 20 ms for a request: 1,250 a second at most, and twenty-five clients.
    [Fact]
    public Task The_capacity_of_a_bounded_pool_is_what_arithmetic_says() =>
        Effect.Shows(
            Capacity,
            seen => seen is { Rate: >= 600, Clients: >= 20 },
            seen => $"{seen.Rate} requests/s, {seen.Clients} clients"
        );

    // Other programs may keep it from reaching its limits. Nothing lets it pass them.
    private static async Task<(int Rate, int Clients)> Capacity()
    {
        await using var harness = new HarnessRun();
        var finished = await harness.RunWithBuild(
            HarnessRun.Split(
                $"capacity thread-pool:threads=25 --workload echo:wait=20ms --slo 200ms --clients 25 --repeats 1 {Short}"
            )
        );
        harness.Succeeded(finished);
        var rate = Answer(finished, "threads=25: ([0-9,]+) requests/s");
        var clients = Answer(finished, "threads=25: ([0-9,]+) clients");
        Assert.InRange(rate, 1, 1275);
        Assert.InRange(clients, 1, 25);
        // An answer is confirmed before it is given.
        foreach (var search in Tries(harness).GroupBy(row => row.Searched))
            Assert.True(search.Last().Holds, $"{search.Key}: {search.Last().Reason}");
        return (rate, clients);
    }
}
