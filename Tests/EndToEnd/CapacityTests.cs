using System.Globalization;
using System.Text.RegularExpressions;
using C10k.Contract;
using C10k.Harness.Results;
using C10k.Tests.Servers;
using Xunit;

namespace C10k.Tests.EndToEnd;

public class CapacityTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private const string Short = "--windows 1 --window 400ms --warmup 0s";

    // One client with 20 ms a request: never more than fifty a second, and nobody else is served.
    [Fact]
    [Trait("Category", "long")]
    public async Task A_server_that_can_do_little_has_a_capacity_too()
    {
        await using var harness = new HarnessRun();
        var finished = await harness.RunWithBuild(
            HarnessRun.Split($"capacity blocking --workload echo:wait=20ms --slo 1s --clients 1 --repeats 0 {Short}")
        );
        harness.Succeeded(finished);
        Assert.InRange(Answer(finished, "blocking: ([0-9,]+) requests/s of 1 clients"), 30, 56);
        Assert.Contains("blocking: 1 clients connected and served", finished.Stdout, StringComparison.Ordinal);
        await harness.NothingRuns();
        var tries = Tries(harness);
        Assert.False(tries.First(row => row.Searched == CapacityKind.Rate).Holds);
        Assert.Contains("requests/s were answered", tries[0].Reason, StringComparison.Ordinal);
        var unserved = tries.First(row => row.Searched == CapacityKind.Clients);
        Assert.Contains("1 were served", unserved.Reason, StringComparison.Ordinal);
    }

    // Twenty-five threads, each of which waits 20 ms for a request: 1,250 a second at most, and twenty-five clients.
    [Fact]
    [Trait("Category", "long")]
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

    [Fact]
    [Trait("Category", "long")]
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
            row => Regex.IsMatch(row.Reason ?? "", "^p99 is [0-9.]+ ms, over 15ms$", RegexOptions.None, Limit)
        );
    }

    [Fact]
    public async Task More_than_one_workload_is_refused()
    {
        await using var harness = new HarnessRun();
        var finished = await harness.Run(HarnessRun.Split("capacity poll --workload echo,idle"));
        Assert.Equal(ExitCode.WrongArguments, finished.ExitCode);
        Assert.Contains("capacity takes one workload", finished.Stderr, StringComparison.Ordinal);
    }

    private static int Answer(Finished finished, string pattern)
    {
        var answer = Regex.Match(finished.Stdout, pattern, RegexOptions.None, Limit);
        Assert.True(answer.Success, finished.Stdout);
        return int.Parse(answer.Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
    }

    private static IReadOnlyList<CapacityRow> Tries(HarnessRun harness) =>
        CsvFile.Read<CapacityRow>(Path.Combine(Directory.GetDirectories(harness.Root).Single(), "capacity.csv"));
}
