using C10k.Harness.Results;
using C10k.Harness.Terminal;
using C10k.Tests.Harness.Results;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.Harness.Terminal;

public class DisplayTextTests
{
    [Theory]
    [InlineData(null, "–")]
    [InlineData(0.0, "0 µs")]
    [InlineData(52.4, "52 µs")]
    [InlineData(1_000.0, "1.0 ms")]
    [InlineData(20_480.5, "20.5 ms")]
    [InlineData(1_500_000.0, "1.50 s")]
    public void A_time_has_the_unit_that_suits_it(double? microseconds, string text) =>
        Assert.Equal(text, DisplayText.Time(microseconds));

    [Theory]
    [InlineData(0.0, "0 s")]
    [InlineData(0.2, "1 s")]
    [InlineData(59.0, "59 s")]
    [InlineData(60.0, "1 min 00 s")]
    [InlineData(3_725.0, "62 min 05 s")]
    public void The_time_left_is_rounded_up(double seconds, string text) =>
        Assert.Equal(text, DisplayText.Left(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(70, "1 min 10 s left, done 12:01")]
    [InlineData(2 * 86_400, "2880 min 00 s left, done 2026-02-02")]
    public void When_it_will_be_done_is_a_time_of_this_day_or_a_day(int seconds, string text) =>
        Assert.Equal(text, DisplayText.Left(TimeSpan.FromSeconds(seconds), new FakeClock().GetUtcNow()));

    [Fact]
    public void What_takes_longer_than_there_are_dates_for_has_none() =>
        Assert.EndsWith(
            " left",
            DisplayText.Left(TimeSpan.MaxValue, DateTimeOffset.UnixEpoch),
            StringComparison.Ordinal
        );

    [Fact]
    public void Every_verdict_is_shown_as_it_is_written() =>
        Assert.Equal(
            ["server-bound", "load-bound", "rate-missed", "starved", "idle"],
            Enum.GetValues<Verdict>().Select(verdict => DisplayText.Verdict(verdict))
        );

    [Fact]
    public void The_outcome_of_a_case_is_its_figure_or_its_reason()
    {
        Assert.Equal("48,074 requests/s, p99 31.7 ms, server-bound", DisplayText.Outcome(Rows.Measured()));
        Assert.Equal("skipped: needs 10,016 descriptors, select takes 1,024", DisplayText.Outcome(Rows.Skipped()));
        Assert.Equal(
            "failed: it broke",
            DisplayText.Outcome(Rows.Skipped() with { Status = CaseStatus.Failed, Reason = "it broke" })
        );
    }
}
