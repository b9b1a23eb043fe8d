using C10k.Tests.LoadGen;
using C10k.Tests.Support;
using Xunit;
using static C10k.Tests.EndToEnd.WorkloadRuns;

namespace C10k.Tests.EndToEnd;

/// <summary>How long the innocent wait: a matter of milliseconds, that other tests beside this one would decide.</summary>
[Trait("Category", "long")]
[Collection(nameof(AloneInTheProcess))]
public class HogTests
{
    [Fact]
    public Task A_hog_holds_up_everybody_who_shares_its_loop_and_nobody_with_a_thread() =>
        Effect.Shows(
            P99Us,
            // It computes for 50 ms, and whoever asks meanwhile waits for the rest of it.
            p99 => p99.Loop >= 25_000 && p99.Threads <= p99.Loop / 2,
            p99 => $"p99 of a loop {p99.Loop:0} µs, of threads {p99.Threads:0} µs"
        );

    // One hog among a thousand. They think, so that threads find a CPU at once and all that makes anybody wait is the hog.
    private static async Task<(double Loop, double Threads)> P99Us()
    {
        var rows = await Rows(
            "--models epoll-level,thread-per-connection --workload hog:think=exp:200ms --clients 1000 --windows 2 --window 2s --warmup 500ms"
        );
        return (Of("epoll-level"), Of("thread-per-connection"));

        double Of(string model) => rows.Single(row => row.Model == model).P99Us!.Value;
    }
}
