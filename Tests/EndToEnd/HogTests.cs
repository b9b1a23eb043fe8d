using C10k.Tests.LoadGen;
using Xunit;
using static C10k.Tests.EndToEnd.WorkloadRuns;

namespace C10k.Tests.EndToEnd;

/// <summary>How long the innocent wait: a matter of milliseconds, that other tests beside this one would decide.</summary>
[Trait("Category", "long")]
[Collection(nameof(AloneInTheProcess))]
public class HogTests
{
    [Fact]
    public async Task A_hog_holds_up_everybody_who_shares_its_loop_and_nobody_with_a_thread()
    {
        // One hog among a thousand. They think, so that threads find a CPU at once and all that makes anybody wait is the hog.
        var rows = await Rows(
            "--models epoll-level,thread-per-connection --workload hog:think=exp:200ms --clients 1000 --windows 2 --window 2s --warmup 500ms"
        );
        var (loop, threads) = (
            rows.Single(row => row.Model == "epoll-level"),
            rows.Single(row => row.Model == "thread-per-connection")
        );
        // It computes for 50 ms, and whoever asks meanwhile waits for the rest of it.
        Assert.InRange(loop.P99Us!.Value, 25_000, double.MaxValue);
        Assert.InRange(threads.P99Us!.Value, 0, loop.P99Us.Value / 2);
    }
}
