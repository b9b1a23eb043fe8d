using C10k.Harness.Judging;
using Xunit;

namespace C10k.Tests.EndToEnd;

/// <summary>When a duel ends: as soon as its interval is narrow enough, or when its time is over.</summary>
[Trait("Category", "long")]
public class DuelTests
{
    // Each request waits 5 ms, so that both answer equally many, whatever else runs.
    private const string EqualPair =
        "duel epoll-level poll --workload wait --clients 50 --window 500ms --warmup 200ms --budget";

    [Fact]
    public async Task It_ends_when_the_interval_is_narrow_enough()
    {
        await using var harness = new HarnessRun();
        // As wide as that it is from the first time that it is asked on, also on a machine with much other work.
        var finished = await harness.RunUndisturbed(HarnessRun.Split($"{EqualPair} 3m --within 99%"));
        harness.Succeeded(finished);
        // Three minutes are time for some fifty.
        Assert.InRange(Rounds(harness), Comparison.FewestRounds, 2 * Comparison.FewestRounds);
        Assert.Matches(@"poll answers [01]\.\d{3} requests for each of epoll-level \(95 % ", finished.Stdout);
    }

    [Fact]
    public async Task It_ends_when_its_time_is_over_however_wide_the_interval_is()
    {
        await using var harness = new HarnessRun();
        harness.Succeeded(await harness.RunUndisturbed(HarnessRun.Split($"{EqualPair} 10s --within 0.001%")));
        var begins = harness.Windows.Select(row => row.StartedUtc).ToList();
        Assert.InRange(Rounds(harness), 1, Comparison.FewestRounds + 5);
        // No round begins behind the end, and one takes a few seconds at most, also on a machine with other work.
        Assert.InRange(begins.Max() - begins.Min(), TimeSpan.Zero, TimeSpan.FromSeconds(10 + 20));
    }

    private static int Rounds(HarnessRun harness) => harness.Windows.Max(row => row.Round);
}
