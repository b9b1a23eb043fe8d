using C10k.CommandLine;
using Xunit;

namespace C10k.Tests.Shared.CommandLine;

public sealed class QuantitiesTests
{
    [Theory]
    [InlineData("0s", 0)]
    [InlineData("0.3us", 3)]
    [InlineData("50us", 500)]
    [InlineData("5ms", 50_000)]
    [InlineData("1.5s", 15_000_000)]
    [InlineData(".5s", 5_000_000)]
    [InlineData("2m", 1_200_000_000)]
    [InlineData("24h", 864_000_000_000)]
    public void A_duration_is_a_number_with_a_unit(string text, long ticks)
    {
        Assert.True(Quantities.TryParseDuration(text, out var duration));
        Assert.Equal(ticks, duration.Ticks);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("+1s")]
    [InlineData("1 s")]
    [InlineData(" 1s")]
    [InlineData("1s ")]
    [InlineData("1,5s")]
    [InlineData("1.2.3s")]
    [InlineData("1e3s")]
    [InlineData("0x1s")]
    [InlineData("5S")]
    [InlineData("5sec")]
    [InlineData("1m30s")]
    [InlineData("5d")]
    [InlineData("NaNs")]
    [InlineData("∞s")]
    [InlineData("٣s")]
    [InlineData("25h")]
    [InlineData("86401s")]
    [InlineData("99999999999999999999999999999999999999999s")]
    public void Anything_else_is_no_duration(string text) => Assert.False(Quantities.TryParseDuration(text, out _));

    [Theory]
    [InlineData("0", 0)]
    [InlineData("64", 64)]
    [InlineData("64k", 65_536)]
    [InlineData("1m", 1_048_576)]
    [InlineData("1g", 1_073_741_824)]
    [InlineData("1073741824", 1_073_741_824)]
    public void A_size_is_a_whole_number_perhaps_with_a_unit(string text, long bytes)
    {
        Assert.True(Quantities.TryParseSize(text, out var size));
        Assert.Equal(bytes, size);
    }

    [Theory]
    [InlineData("")]
    [InlineData("k")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1.5k")]
    [InlineData("1 k")]
    [InlineData("1K")]
    [InlineData("1kb")]
    [InlineData("1kk")]
    [InlineData("0x10")]
    [InlineData("1,000")]
    [InlineData("1073741825")]
    [InlineData("2g")]
    [InlineData("9223372036854775807g")]
    [InlineData("9223372036854775808")]
    public void Anything_else_is_no_size(string text)
    {
        Assert.False(Quantities.TryParseSize(text, out var bytes));
        Assert.Equal(0, bytes);
    }

    [Theory]
    [InlineData(0, "0us")]
    [InlineData(1, "0.1us")]
    [InlineData(500, "50us")]
    [InlineData(15_000, "1.5ms")]
    [InlineData(10_000_000, "1s")]
    [InlineData(12_345_678, "1.2345678s")]
    [InlineData(900_000_000, "90s")]
    public void A_duration_is_written_in_its_largest_fitting_unit(long ticks, string text) =>
        Assert.Equal(text, Quantities.Format(TimeSpan.FromTicks(ticks)));

    [Fact]
    public void What_was_written_reads_back_as_the_same()
    {
        var random = new Random(1);
        for (var digits = 0; digits < 12; digits++)
        {
            for (var i = 0; i < 1000; i++)
                AssertReadsBack(
                    TimeSpan.FromTicks(
                        random.NextInt64((long)Math.Pow(10, digits), (long)Math.Pow(10, digits + 1))
                            % TimeSpan.TicksPerDay
                    )
                );
        }
        AssertReadsBack(TimeSpan.FromDays(1));
    }

    private static void AssertReadsBack(TimeSpan duration)
    {
        var text = Quantities.Format(duration);
        Assert.True(Quantities.TryParseDuration(text, out var read), text);
        Assert.True(duration == read, $"{duration.Ticks} ticks became {text} became {read.Ticks}");
    }
}
