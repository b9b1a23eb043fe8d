using System.Globalization;
using System.Text.RegularExpressions;
using C10k.Harness.Results;
using C10k.Tests.Support;
using Xunit;
using static C10k.Tests.EndToEnd.WorkloadRuns;

namespace C10k.Tests.EndToEnd;

/// <summary>The workloads that say when clients ask, what a request costs and when they connect: what theory demands of each.</summary>
[Trait("Category", "long")]
public partial class PaceWorkloadTests
{
    private const string Short = "--windows 2 --window 500ms --warmup 200ms";
    private const int Surging = 100;

    [Fact]
    public async Task Clients_that_think_ask_as_often_as_their_thinking_lets_them()
    {
        var rows = await Rows($"--models epoll-level --workload echo,chat --clients 20 {Short}");
        var chat = ThroughputOf(rows, "chat");
        // Twenty clients, a request each 50 ms on average; half as much again is more than chance allows.
        Assert.InRange(chat, 1, 20 / 0.050 * 1.5);
        Assert.InRange(ThroughputOf(rows, "echo"), 5 * chat, double.MaxValue);
    }

    [Fact]
    public async Task Who_computes_for_each_request_answers_no_more_than_its_CPUs_have_time_for()
    {
        var rows = await Rows($"--models epoll-level --workload echo,cpu --clients 20 {Short}");
        // One thread, 50 µs a request. How fast the machine computes is found out when the server starts, and may change a little.
        Assert.InRange(ThroughputOf(rows, "cpu"), 1, 1 / 50e-6 * 1.5);
        Assert.InRange(CpuOf("cpu"), CpuOf("echo") + 25, double.MaxValue);

        double CpuOf(string workload) => Of(rows, workload).ServerCpuUsPerRequest!.Value;
    }

    // A soak is churn for longer, and tells how many connections there were.
    [Fact]
    public async Task Where_connections_are_for_one_request_there_are_as_many_of_both()
    {
        await using var harness = new HarnessRun();
        const int Clients = 10;
        await using var program = harness.Start(
            HarnessRun.Split($"soak --models epoll-level --clients {Clients} --for 2s --requests-per-connection 1")
        );
        var finished = await program.Finish();
        var told = Told().Match(finished.Stdout);
        Assert.True(told.Success, finished.Stdout + finished.Stderr);
        var (requests, connections) = (Count("requests"), Count("connections"));
        Assert.InRange(requests, 10 * Clients, long.MaxValue);
        // A border between windows may part a client's connect from its request.
        Assert.InRange(connections, requests - Clients, requests + Clients);

        long Count(string name) =>
            long.Parse(told.Groups[name].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
    }

    [Fact]
    public Task Connects_that_find_no_room_in_the_queue_are_counted_and_try_again_after_a_second() =>
        Effect.Shows(
            WideAndNarrow,
            // tcp(7): a SYN is sent again after a second, and again after two more.
            seen =>
                seen.Wide.ClientsConnected == Surging
                && seen.Narrow.ClientsConnected == Surging
                && seen.Narrow.ListenOverflows >= 1
                && seen.Narrow.ConnectP99Ms >= 900
                && seen.Wide.ConnectP99Ms <= seen.Narrow.ConnectP99Ms / 2,
            seen => $"{Connects(seen.Wide)}; {Connects(seen.Narrow)}"
        );

    // Who comes at the wrong moment several times running gives up: the more clients there are, the more of them do.
    private static async Task<(SummaryRow Wide, SummaryRow Narrow)> WideAndNarrow()
    {
        const string Wide = "epoll-level";
        const string Narrow = "narrow";
        var rows = await Rows([
            .. HarnessRun.Split($"--models {Wide} --workload surge --clients {Surging} {Short} --server"),
            $"name={Narrow},cmd='{ProgramStart.PathOf("Servers")}' epoll-level --backlog 1 {{contract}}",
        ]);
        return (rows.Single(row => row.Model == Wide), rows.Single(row => row.Model == Narrow));
    }

    private static string Connects(SummaryRow row) =>
        $"{row.Model}: {row.ClientsConnected} connected, p99 {row.ConnectP99Ms:0} ms, {row.ListenOverflows} overflows";

    private static SummaryRow Of(IReadOnlyList<SummaryRow> rows, string workload)
    {
        var row = rows.Single(row => row.Workload == workload);
        Assert.Equal((CaseStatus.Ok, 0L), (row.Status, row.Errors));
        return row;
    }

    private static double ThroughputOf(IReadOnlyList<SummaryRow> rows, string workload) =>
        Of(rows, workload).ThroughputRps!.Value;

    [GeneratedRegex(
        "(?<requests>[0-9,]+) requests, (?<connections>[0-9,]+) connections",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Told();
}
