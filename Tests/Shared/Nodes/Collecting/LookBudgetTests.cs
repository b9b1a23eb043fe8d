using System.Diagnostics;
using C10k.Nodes.Collecting;
using Xunit;

namespace C10k.Tests.Shared.Nodes.Collecting;

public class LookBudgetTests
{
    private long _now;
    private TimeSpan _cpu;

    [Fact]
    public void After_a_dear_look_there_is_none_until_its_share_has_passed()
    {
        var budget = new LookBudget(0.01, () => _now, () => _cpu);
        Assert.True(budget.Allows);
        Assert.Equal("seen", budget.Spend(() => Look(TimeSpan.FromMilliseconds(10))));
        Pass(TimeSpan.FromSeconds(0.9));
        Assert.False(budget.Allows);
        Pass(TimeSpan.FromSeconds(0.1));
        Assert.True(budget.Allows);
        Assert.Equal(TimeSpan.FromMilliseconds(10), budget.Spent);
    }

    private string Look(TimeSpan cost)
    {
        _cpu += cost;
        return "seen";
    }

    private void Pass(TimeSpan time) => _now += (long)(time.TotalSeconds * Stopwatch.Frequency);
}
