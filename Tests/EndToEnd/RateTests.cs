using C10k.Harness.Results;
using C10k.Tests.LoadGen;
using C10k.Tests.Support;
using Xunit;
using static C10k.Tests.EndToEnd.WorkloadRuns;

namespace C10k.Tests.EndToEnd;

/// <summary>What a share of what a server can do is, and how soon it answers then: other tests beside this one would change both.</summary>
[Trait("Category", "long")]
[Collection(nameof(AloneInTheProcess))]
public class RateTests
{
    [Fact]
    public Task A_rate_is_a_share_of_what_the_same_server_can_do_and_is_kept() =>
        Effect.Shows(
            EchoAndTenth,
            // A thousand who ask again at once wait for each other; of a tenth as many requests hardly any waits for another.
            seen => seen is { Asked: >= 0.05 and <= 0.2, Kept: >= 0.9 and <= 1.1, Sooner: < 0.25 },
            seen =>
                $"asked for {seen.Asked:0.###} of echo's, {seen.Kept:0.###} of that came, p50 is {seen.Sooner:0.###} of echo's"
        );

    // Between requests that are 50 µs apart it never sleeps; between those that are 1 ms apart it does.
    [Fact]
    public Task A_load_that_spins_for_the_moment_is_no_stranger_on_its_own_CPUs() =>
        Effect.Shows(
            async () =>
                await Rows(
                    "--models epoll-level --workload echo:rate=20000,echo:rate=1000 --clients 10 --windows 2 --window 500ms --warmup 300ms"
                ),
            rows => Others(rows, "echo:rate=20000") - Others(rows, "echo:rate=1000") < 0.3,
            rows => string.Join("; ", rows.Select(row => $"{row.Workload}: {row.Suspect}"))
        );

    private static double Others(IReadOnlyList<SummaryRow> rows, string workload) =>
        rows.Single(row => row.Workload == workload).LoadCpusOthers!.Value;

    private static async Task<(double Asked, double Kept, double Sooner)> EchoAndTenth()
    {
        var rows = await Rows(
            "--models epoll-level --workload echo,rate:rate_of_echo=10% --clients 1000 --windows 2 --window 500ms --warmup 300ms"
        );
        Assert.All(rows, row => Assert.Equal((CaseStatus.Ok, 0L), (row.Status, row.Errors)));
        var (echo, rate) = (rows.Single(row => row.Workload == "echo"), rows.Single(row => row.Workload != "echo"));
        return (
            rate.RateAskedRps!.Value / echo.ThroughputRps!.Value,
            rate.ThroughputRps!.Value / rate.RateAskedRps.Value,
            rate.P50Us!.Value / echo.P50Us!.Value
        );
    }
}
