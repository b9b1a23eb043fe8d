using C10k.Nodes.Collecting;
using Xunit;

namespace C10k.Tests.Shared.Nodes.Collecting;

public sealed class CpuLedgerTests
{
    private const int Parent = 100;
    private const int Child = 101;
    private const int Grandchild = 102;

    private readonly CpuLedger _ledger = new();

    [Fact]
    public void Growth_is_added_up()
    {
        Pass(Of(Parent, 5), Of(Child, 3));
        Pass(Of(Parent, 7), Of(Child, 4));

        Assert.Equal(Seconds(11), _ledger.Total);
    }

    [Fact]
    public void A_child_that_was_waited_for_counts_once()
    {
        Pass(Of(Parent, 5), Of(Child, 3));
        Pass(Of(Parent, 5, inherited: 4));

        Assert.Equal(Seconds(9), _ledger.Total);
    }

    [Fact]
    public void A_child_that_nobody_waits_for_stays_as_it_was_last_seen()
    {
        Pass(Of(Parent, 5), Of(Child, 3));
        Pass(Of(Parent, 6));
        Pass(Of(Parent, 8));

        Assert.Equal(Seconds(11), _ledger.Total);
    }

    [Fact]
    public void A_parent_that_inherits_a_pass_later_inherits_nothing_new()
    {
        Pass(Of(Parent, 5), Of(Child, 3));
        Pass(Of(Parent, 5));
        Pass(Of(Parent, 5, inherited: 3));

        Assert.Equal(Seconds(8), _ledger.Total);
    }

    [Fact]
    public void A_child_that_was_never_seen_is_new_when_it_is_inherited()
    {
        Pass(Of(Parent, 5));
        Pass(Of(Parent, 5, inherited: 2));

        Assert.Equal(Seconds(7), _ledger.Total);
    }

    [Fact]
    public void A_branch_that_ends_is_inherited_by_the_nearest_survivor()
    {
        Pass(Of(Parent, 1), Of(Child, 2, Parent), Of(Grandchild, 4, Child));
        Pass(Of(Parent, 1, inherited: 6));

        Assert.Equal(Seconds(7), _ledger.Total);
    }

    [Fact]
    public void A_branch_that_ends_from_below_is_inherited_step_by_step()
    {
        Pass(Of(Parent, 1), Of(Child, 2, Parent), Of(Grandchild, 4, Child));
        Pass(Of(Parent, 1), Of(Child, 2, Parent, inherited: 4));
        Pass(Of(Parent, 1, inherited: 6));

        Assert.Equal(Seconds(7), _ledger.Total);
    }

    [Fact]
    public void A_number_that_is_used_again_is_another_process()
    {
        Pass(Of(Parent, 5), Of(Child, 3));
        Pass(Of(Parent, 5), Of(Child, 1, startTime: 2));

        Assert.Equal(Seconds(9), _ledger.Total);
    }

    [Fact]
    public void A_clock_that_runs_backwards_counts_as_one_that_stands_still()
    {
        Pass(Of(Parent, 5));
        Pass(Of(Parent, 4));

        Assert.Equal(Seconds(5), _ledger.Total);
    }

    [Fact]
    public void A_child_whose_last_reading_lags_behind_is_inherited_once_all_the_same()
    {
        Pass(Of(Parent, 5), Of(Child, 3));
        Pass(Of(Parent, 5), Of(Child, 0));
        Pass(Of(Parent, 5, inherited: 3));

        Assert.Equal(Seconds(8), _ledger.Total);
    }

    [Fact]
    public void Everything_may_end_and_stay_counted()
    {
        Pass(Of(Parent, 5), Of(Child, 3));
        Pass();
        Pass();

        Assert.Equal(Seconds(8), _ledger.Total);
    }

    private void Pass(params ProcessStat[] processes)
    {
        foreach (var process in processes)
            _ledger.Observe(process, process.Own);
        _ledger.EndPass();
    }

    private static ProcessStat Of(int pid, int own, int? parent = null, int inherited = 0, long startTime = 1) =>
        new(
            pid,
            parent ?? (pid == Parent ? 1 : Parent),
            startTime,
            Threads: 1,
            Seconds(own),
            Seconds(inherited),
            Zombie: false
        );

    private static CpuTimes Seconds(int seconds) =>
        CpuTimes.OfParts(TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(10 * seconds));
}
