using C10k.Harness.Results;
using C10k.Tests.LoadGen;
using C10k.Tests.Support;
using Xunit;
using static C10k.Tests.EndToEnd.WorkloadRuns;

namespace C10k.Tests.EndToEnd;

/// <summary>A rate that is too much, though no CPU is full: other tests beside this one would fill them.</summary>
[Trait("Category", "long")]
[Collection(nameof(AloneInTheProcess))]
public class MissedRateTests
{
    [Fact]
    public async Task A_rate_that_a_waiting_server_cannot_keep_is_missed()
    {
        // Where other programs fill the CPUs, it is those that are to blame.
        var (row, latencies, charts) = await Effect.Shows(
            Measure,
            seen => seen.Row.Verdict == Verdict.RateMissed,
            seen => $"{seen.Row.Verdict}: {seen.Row.Reason}"
        );
        Assert.Equal(8000, row.RateAskedRps);
        Assert.Equal("wait:rate=8000", row.Workload);
        Assert.Contains("of 8000 requests/s were answered", row.Reason, StringComparison.Ordinal);
        // The response counts from when a request should have been sent, the service from when it was.
        Assert.InRange(row.P99Us!.Value, 5 * row.ServiceP99Us!.Value, double.MaxValue);
        var p99 = latencies.First(step => step.Percentile >= 99);
        Assert.InRange(p99.ResponseUs!.Value, 5 * p99.ServiceUs!.Value, double.MaxValue);
        Assert.Contains("wait_rate=8000-service-20.svg", charts);
        // Whose fault that was: requests were late because their clients still waited.
        Assert.InRange(row.ScheduleLagMaxUs!.Value, row.PacingMaxUs!.Value, double.MaxValue);
        Assert.NotNull(row.Unanswered);
    }

    // Twenty clients with 5 ms a request are answered 4,000 times a second at most.
    private static async Task<(SummaryRow Row, IReadOnlyList<LatencyRow> Latencies, string?[] Charts)> Measure()
    {
        IReadOnlyList<LatencyRow> latencies = [];
        var charts = Array.Empty<string?>();
        var rows = await Rows(
            "--models epoll-level --workload wait --rate 8000 --clients 20 --windows 2 --window 300ms --warmup 200ms",
            Look
        );
        return (Assert.Single(rows), latencies, charts);

        void Look(HarnessRun harness)
        {
            latencies = CsvFile.Read<LatencyRow>(harness.Latest.LatencyCsv);
            charts = [.. Directory.GetFiles(harness.Latest.Charts).Select(Path.GetFileName)];
        }
    }
}
