using C10k.Harness.Results;
using C10k.Tests.Support;
using Xunit;
using static C10k.Tests.EndToEnd.WorkloadRuns;

namespace C10k.Tests.EndToEnd;

/// <summary>The effects that theory demands of workloads, from real servers, each an order of magnitude clear.</summary>
[Trait("Category", "long")]
public class WorkloadTests
{
    private const string Short = "--windows 2 --window 300ms --warmup 200ms";

    [Fact]
    public Task Idle_clients_cost_poll_CPU_time_and_epoll_none() =>
        Effect.Shows(
            GrowthOfIdleness,
            growth => growth is { Poll: >= 5, Epoll: <= 3 },
            growth =>
                $"CPU time a request grows {growth.Poll:0.0} times with poll and {growth.Epoll:0.0} times with epoll"
        );

    private static async Task<(double Poll, double Epoll)> GrowthOfIdleness()
    {
        // One client asks, so that no call is shared by several requests, however late the server looks.
        var rows = await Rows($"--models poll,epoll-level --workload idle:active=1 --clients 10,3000 {Short}");
        Assert.All(rows, row => Assert.Equal((1, row.Clients), (row.ClientsServed, row.ClientsConnected)));
        return (Growth("poll"), Growth("epoll-level"));

        double Growth(string model) => Cost(model, 3000) / Cost(model, 10);

        double Cost(string model, int clients) =>
            rows.Single(row => row.Model == model && row.Clients == clients).ServerCpuUsPerRequest!.Value;
    }

    [Fact]
    public async Task A_bounded_pool_caps_at_its_size_where_requests_wait()
    {
        var rows = await Rows($"--models thread-pool:threads=8,epoll-level --workload wait --clients 50 {Short}");
        // Eight threads, each 5 ms a request: 1,600 a second, where fifty who wait for nobody get 10,000.
        Assert.InRange(Of(rows, "thread-pool:threads=8").ThroughputRps!.Value, 1, 8 / 0.005 * 1.5);
        Assert.Equal(Verdict.Starved, Of(rows, "thread-pool:threads=8").Verdict);
        Assert.InRange(Of(rows, "epoll-level").ThroughputRps!.Value, 8 / 0.005 * 1.5, double.MaxValue);
    }

    [Fact]
    public async Task A_crash_takes_along_whoever_lives_in_the_same_process()
    {
        var rows = await Rows(
            $"--models thread-per-connection,prefork:workers=30,prefork:workers=10 --workload poison --clients 20 {Short}"
        );
        var threads = Of(rows, "thread-per-connection");
        Assert.Equal((20, null), (threads.ConnectionsLost, threads.RecoveryMs));
        Assert.Contains(
            "took 20 of 20 connections along, it did not come back",
            threads.Reason,
            StringComparison.Ordinal
        );
        // With a place left for a new client, and without.
        foreach (var processes in (SummaryRow[])[Of(rows, "prefork:workers=30"), Of(rows, "prefork:workers=10")])
        {
            Assert.Equal(1, processes.ConnectionsLost);
            Assert.NotNull(processes.RecoveryMs);
        }
    }

    [Fact]
    public async Task Connections_for_one_request_suit_a_server_that_answers_one()
    {
        var rows = await Rows($"--models blocking-one-shot,epoll-level --workload churn --clients 10 {Short}");
        Assert.All(
            rows,
            row =>
            {
                Assert.Equal(CaseStatus.Ok, row.Status);
                Assert.InRange(row.Requests!.Value, 11, long.MaxValue);
                Assert.Equal(0, row.Errors);
            }
        );
    }

    [Fact]
    public async Task Every_other_workload_gives_a_row_and_no_errors()
    {
        var rows = await Rows($"--models epoll-level --workload hello,http,surge,echo:pipeline=4 --clients 20 {Short}");
        Assert.Equal(4, rows.Count);
        Assert.All(rows, row => Assert.Equal((CaseStatus.Ok, 0L), (row.Status, row.Errors)));
    }

    private static SummaryRow Of(IReadOnlyList<SummaryRow> rows, string model) =>
        rows.Single(row => row.Model == model);
}
