using C10k.Harness.Trials;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.Harness.Trials;

public class CrashWatchTests
{
    private const int Server = 1;

    private bool _ordered;

    [Fact]
    public void A_worker_that_is_replaced_makes_the_server_whole()
    {
        var outcome = Watch([Set(1, 2, 3), Set(1, 2, 3), Set(1, 3), Set(1, 3), Set(1, 3, 4)], serves: false);
        Assert.True(outcome.Crashed);
        Assert.NotNull(outcome.RecoverySeconds);
    }

    [Fact]
    public void So_does_a_new_client_that_is_served()
    {
        var outcome = Watch([Set(1, 2, 3), Set(1, 3)], serves: true);
        Assert.True(outcome.Crashed);
        Assert.NotNull(outcome.RecoverySeconds);
    }

    [Fact]
    public void A_server_whose_first_process_is_gone_never_is()
    {
        var outcome = Watch([Set(1, 2), Set(2)], serves: true);
        Assert.Equal(new CrashOutcome(Crashed: true, RecoverySeconds: null), outcome);
    }

    [Fact]
    public void Where_nothing_crashes_that_is_the_outcome()
    {
        var outcome = Watch([Set(1, 2)], serves: true);
        Assert.Equal(new CrashOutcome(Crashed: false, RecoverySeconds: null), outcome);
    }

    private CrashOutcome Watch(IReadOnlySet<int>[] seen, bool serves)
    {
        using var watch = new FakeWatch(_ => { });
        watch.ProcessesSeen.Clear();
        foreach (var processes in seen)
            watch.ProcessesSeen.Enqueue(processes);
        var outcome = new CrashWatch(Server, watch, () => serves, new SteppingClock()).Run(
            () => _ordered = true,
            CancellationToken.None
        );
        Assert.True(_ordered);
        return outcome;
    }

    private static HashSet<int> Set(params int[] pids) => [.. pids];

    /// <summary>Every look takes a tenth of a second, so that limits are reached at once.</summary>
    private sealed class SteppingClock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => 10;

        public override long GetTimestamp() => _now++;
    }
}
