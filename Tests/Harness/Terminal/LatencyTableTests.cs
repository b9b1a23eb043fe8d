using C10k.Harness.Terminal;
using Xunit;

namespace C10k.Tests.Harness.Terminal;

public class LatencyTableTests
{
    [Theory]
    [InlineData(null, "–")]
    [InlineData(0.2863, "0.29 ns")]
    [InlineData(42.13, "42.1 ns")]
    [InlineData(999.4, "999 ns")]
    [InlineData(1_500.0, "1.50 µs")]
    [InlineData(2_345_678.0, "2.35 ms")]
    [InlineData(1.5e9, "1.50 s")]
    public void A_time_has_the_unit_that_suits_it(double? nanoseconds, string text) =>
        Assert.Equal(text, LatencyTable.Time(nanoseconds));

    [Theory]
    [InlineData(null, "–")]
    [InlineData(1.0, "1.00 s")]
    [InlineData(119.0, "119 s")]
    [InlineData(180.0, "3.00 minutes")]
    [InlineData(36_000.0, "10.0 hours")]
    [InlineData(864_000.0, "10.0 days")]
    [InlineData(15_778_800.0, "6.00 months")]
    [InlineData(315_576_000.0, "10.0 years")]
    public void What_it_would_take_at_a_cycle_a_second_is_told_as_people_live_it(double? seconds, string text) =>
        Assert.Equal(text, LatencyTable.Scaled(seconds));
}
