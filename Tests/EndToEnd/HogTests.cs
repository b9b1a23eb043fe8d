using C10k.Tests.LoadGen;
using Xunit;
using static C10k.Tests.EndToEnd.WorkloadRuns;

namespace C10k.Tests.EndToEnd;

/// <summary>How long the innocent wait: a matter of milliseconds, that other tests beside this one would decide.</summary>
[Trait("Category", "long")]
[Collection(nameof(AloneInTheProcess))]
public class HogTests
{
    // Threads that wait for a CPU behind other programs are late as well: then the effect has to show in another try.
    private const int Tries = 3;

    [Fact]
    public async Task A_hog_holds_up_everybody_who_shares_its_loop_and_nobody_with_a_thread()
    {
        var (loop, threads) = await P99Us();
        for (var left = Tries - 1; left > 0 && threads > loop / 2; left--)
            (loop, threads) = await P99Us();
        // It computes for 50 ms, and whoever asks meanwhile waits for the rest of it.
        Assert.InRange(loop, 25_000, double.MaxValue);
        Assert.InRange(threads, 0, loop / 2);
    }

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
