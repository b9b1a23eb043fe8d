using System.Globalization;
using C10k.Linux;
using C10k.LoadGen;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.LoadGen;

/// <summary>A time in which nothing ran is told from a busy one, whichever clock shows it.</summary>
public class StandstillTests
{
    private const string Outside = "C10K_TEST_ASLEEP_OUTSIDE";

    private TimeSpan _now = TimeSpan.FromDays(3);
    private TimeSpan _asleep = TimeSpan.FromHours(7);

    [Fact]
    public void Who_looks_in_time_or_a_little_late_did_not_stand_still()
    {
        var standstill = Watch();
        foreach (var late in (int[])[0, 30, 450])
        {
            _now += Standstill.Interval + Milliseconds(late);
            standstill.Look();
        }
        Assert.Equal(TimeSpan.Zero, standstill.Take());
    }

    [Fact]
    public void A_look_that_comes_much_too_late_is_counted_once()
    {
        var standstill = Watch();
        _now += Standstill.Interval + TimeSpan.FromSeconds(2);
        standstill.Look();
        _now += Standstill.Interval;
        Assert.Equal(TimeSpan.FromSeconds(2), standstill.Take());
        Assert.Equal(TimeSpan.Zero, standstill.Take());
    }

    // CLOCK_MONOTONIC, which all else goes by, stops meanwhile: every look is in time.
    [Fact]
    public void A_machine_that_slept_is_told()
    {
        var standstill = Watch();
        (_now, _asleep) = (_now + Standstill.Interval, _asleep + TimeSpan.FromMinutes(20));
        standstill.Look();
        _now += Standstill.Interval;
        Assert.Equal(TimeSpan.FromMinutes(20), standstill.Take());
    }

    // The two clocks are never read at the same moment.
    [Fact]
    public void What_the_clocks_differ_by_is_no_sleep()
    {
        var standstill = Watch();
        foreach (var microseconds in (int[])[-3, 20_000])
        {
            _asleep += TimeSpan.FromMicroseconds(microseconds);
            standstill.Look();
        }
        Assert.Equal(TimeSpan.Zero, standstill.Take());
    }

    [Fact]
    public void The_time_that_this_machine_has_slept_does_not_grow_while_it_is_awake()
    {
        var before = Syscall.TimeAsleep();
        Assert.InRange((Syscall.TimeAsleep() - before).Duration(), TimeSpan.Zero, Milliseconds(400));
    }

    // In a time namespace this machine has slept an hour longer.
    [Fact]
    public void The_time_that_a_machine_slept_is_the_time_that_it_slept()
    {
        if (Environment.GetEnvironmentVariable(Outside) is not { } ticks)
        {
            ThisTest.RunsAgain<StandstillTests>(
                ["unshare", "--time", "--boottime", "3600", "--fork"],
                new Dictionary<string, string> { [Outside] = $"{Syscall.TimeAsleep().Ticks}" }
            );
            return;
        }
        var outside = new TimeSpan(long.Parse(ticks, CultureInfo.InvariantCulture));
        var more = Syscall.TimeAsleep() - outside - TimeSpan.FromHours(1);
        Assert.InRange(more.Duration(), TimeSpan.Zero, Milliseconds(400));
    }

    private Standstill Watch() => new(() => _now, () => _asleep);

    private static TimeSpan Milliseconds(int count) => TimeSpan.FromMilliseconds(count);
}
