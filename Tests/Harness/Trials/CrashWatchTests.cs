using C10k.Harness.Trials;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.Harness.Trials;

public class CrashWatchTests
{
    private const int Server = 1;

    private bool _ordered;

    private static readonly IReadOnlySet<int>[] s_replaced =
    [
        Set(1, 2, 3),
        Set(1, 2, 3),
        Set(1, 3),
        Set(1, 3),
        Set(1, 3, 4),
    ];

    [Fact]
    public void A_server_is_whole_when_its_worker_is_replaced_and_a_new_client_served()
    {
        var outcome = Watch(s_replaced, () => true);
        Assert.True(outcome.Crashed);
        Assert.NotNull(outcome.RecoverySeconds);
    }

    [Fact]
    public void A_new_client_whom_another_worker_serves_does_not_make_it_whole()
    {
        var outcome = Watch([Set(1, 2, 3), Set(1, 3)], () => true);
        Assert.Equal(new CrashOutcome(Crashed: true, RecoverySeconds: null), outcome);
    }

    [Fact]
    public void Nor_does_a_worker_that_does_not_serve()
    {
        var outcome = Watch(s_replaced, () => false);
        Assert.Equal(new CrashOutcome(Crashed: true, RecoverySeconds: null), outcome);
    }

    [Fact]
    public void Where_each_client_has_a_process_the_lost_one_is_not_replaced_and_a_new_client_is_the_proof()
    {
        var outcome = Watch([Set(1, 2, 3), Set(1, 3)], () => true, replacesProcesses: false);
        Assert.NotNull(outcome.RecoverySeconds);
    }

    [Fact]
    public void The_clock_runs_until_both_are_so()
    {
        var tries = 0;
        var atOnce = Watch([Set(1, 2), Set(1, 3)], () => true);
        var replacedLate = Watch([Set(1, 2), Set(1), Set(1), Set(1), Set(1, 3)], () => true);
        var servedLate = Watch([Set(1, 2), Set(1, 3)], () => ++tries == 4);
        Assert.True(replacedLate.RecoverySeconds > atOnce.RecoverySeconds);
        Assert.True(servedLate.RecoverySeconds > atOnce.RecoverySeconds);
    }

    [Fact]
    public void A_server_whose_first_process_is_gone_never_is()
    {
        var outcome = Watch([Set(1, 2), Set(2)], () => true);
        Assert.Equal(new CrashOutcome(Crashed: true, RecoverySeconds: null), outcome);
    }

    [Fact]
    public void Where_nothing_crashes_that_is_the_outcome()
    {
        var outcome = Watch([Set(1, 2)], () => true);
        Assert.Equal(new CrashOutcome(Crashed: false, RecoverySeconds: null), outcome);
    }

    private CrashOutcome Watch(IReadOnlySet<int>[] seen, Func<bool> serves, bool replacesProcesses = true)
    {
        using var watch = new FakeWatch(_ => { });
        watch.ProcessesSeen.Clear();
        foreach (var processes in seen)
            watch.ProcessesSeen.Enqueue(processes);
        var outcome = new CrashWatch(Server, replacesProcesses, watch, serves, new SteppingClock()).Run(
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
