using C10k.Contract;
using C10k.Harness.Results;
using Xunit;

namespace C10k.Tests.EndToEnd;

public class CapacityTests
{
    [Fact]
    public async Task The_rate_that_a_waiting_server_keeps_is_found_from_both_sides()
    {
        await using var harness = new HarnessRun();
        // One client with 20 ms a request: never more than fifty a second.
        var finished = await harness.Run(
            HarnessRun.Split(
                "capacity blocking --workload echo:wait=20ms --slo 1s --clients 1 --repeats 0 --windows 1 --window 300ms --warmup 0s"
            )
        );
        Assert.Equal(ExitCode.Failure, finished.ExitCode);
        Assert.Contains("blocking: not even 100 requests/s of 1 clients", finished.Stdout, StringComparison.Ordinal);
        Assert.Contains(
            "blocking: not even 10 clients connected and served",
            finished.Stdout,
            StringComparison.Ordinal
        );
        await harness.NothingRuns();
        var tries = CsvFile.Read<CapacityRow>(Path.Combine(Newest(harness), "capacity.csv"));
        Assert.Equal([CapacityKind.Rate, CapacityKind.Clients], tries.Select(row => row.Searched));
        Assert.All(tries, row => Assert.False(row.Holds));
        Assert.Contains("requests/s were answered", tries[0].Reason, StringComparison.Ordinal);
        Assert.Contains("1 were served", tries[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_one_workload_is_refused()
    {
        await using var harness = new HarnessRun();
        var finished = await harness.Run(HarnessRun.Split("capacity poll --workload echo,idle"));
        Assert.Equal(ExitCode.WrongArguments, finished.ExitCode);
        Assert.Contains("capacity takes one workload", finished.Stderr, StringComparison.Ordinal);
    }

    private static string Newest(HarnessRun harness) => Directory.GetDirectories(harness.Root).Single();
}
