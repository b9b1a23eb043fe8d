using C10k.Linux;
using C10k.Nodes.Collecting;
using Xunit;

namespace C10k.Tests.Shared.Nodes.Collecting;

public sealed class SwitchLedgerTests
{
    private readonly SwitchLedger _ledger = new();

    [Fact]
    public void Growth_is_added_up()
    {
        Pass((1, 10), (2, 20));
        Pass((1, 11), (2, 25));

        Assert.Equal(new SwitchCounts(36, 72), _ledger.Total);
    }

    [Fact]
    public void What_has_ended_stays_counted()
    {
        Pass((1, 10), (2, 20));
        Pass((1, 11));

        Assert.Equal(new SwitchCounts(31, 62), _ledger.Total);
    }

    [Fact]
    public void A_figure_that_falls_changes_nothing_and_grows_on_from_there()
    {
        Pass((1, 10));
        Pass((1, 4));
        Pass((1, 5));

        Assert.Equal(new SwitchCounts(11, 22), _ledger.Total);
    }

    [Fact]
    public void A_number_that_is_used_again_counts_from_the_beginning()
    {
        Pass((1, 10));
        Pass();
        Pass((1, 12));

        Assert.Equal(new SwitchCounts(22, 44), _ledger.Total);
    }

    private void Pass(params (int Id, long Switches)[] observed)
    {
        foreach (var (id, switches) in observed)
            _ledger.Observe(id, new SwitchCounts(switches, 2 * switches));
        _ledger.EndPass();
    }
}
