using System.Diagnostics;
using C10k.Nodes.Collecting;
using Xunit;

namespace C10k.Tests.Shared.Nodes.Collecting;

/// <summary>How often every thread of a server is looked at.</summary>
public sealed class SwitchTurnsTests
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    private long _now = 12345;
    private TimeSpan _cpu;

    [Fact]
    public void Where_looks_are_cheap_every_border_has_one() =>
        Assert.Equal([null, null, null, null], Borders(lookMs: 9));

    [Fact]
    public void Where_a_look_cost_too_much_of_a_window_only_the_first_and_the_last_border_have_one()
    {
        const string Why =
            "a look at every thread took 230 ms, more than 1 % of a window: they were read at the first and the last border alone";
        Assert.Equal([null, Why, Why, null], Borders(lookMs: 230));
    }

    // Four borders, a second apart: why each of them leaves the switches out.
    private List<string?> Borders(int lookMs)
    {
        var turns = new SwitchTurns(0.01, () => _now, () => _cpu);
        return
        [
            .. Enumerable
                .Range(0, 4)
                .Select(border =>
                {
                    _now += (long)(Window.TotalSeconds * Stopwatch.Frequency);
                    return turns.Look(isLast: border == 3, Look);
                }),
        ];

        string? Look(string? whyNot)
        {
            if (whyNot is null)
                _cpu += TimeSpan.FromMilliseconds(lookMs);
            return whyNot;
        }
    }
}
