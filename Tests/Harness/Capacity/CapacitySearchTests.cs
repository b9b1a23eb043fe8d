using C10k.Harness.Capacity;
using Xunit;

namespace C10k.Tests.Harness.Capacity;

public class CapacitySearchTests
{
    [Theory]
    [InlineData(100)]
    [InlineData(1_234)]
    [InlineData(48_000)]
    [InlineData(99_000)]
    public void It_finds_the_limit_from_below_and_as_near_as_was_asked(double limit) =>
        Assert.InRange(Search(rate => rate <= limit, out _)!.Value, limit / 1.05, limit);

    [Fact]
    public void A_server_that_fails_at_once_has_no_capacity() => Assert.Null(Search(_ => false, out _));

    [Fact]
    public void A_server_that_never_fails_has_what_was_asked_at_most() =>
        Assert.Equal(100_000, Search(_ => true, out _));

    [Fact]
    public void It_takes_few_measurements()
    {
        Search(rate => rate <= 48_000, out var measurements);
        Assert.InRange(measurements, 1, 25);
    }

    // Near its limit a server holds one time and fails the next.
    [Fact]
    public void A_lucky_measurement_is_not_believed()
    {
        var random = new Random(1);
        for (var i = 0; i < 50; i++)
        {
            var found = Search(rate => rate <= 1_000 || (rate <= 1_500 && random.NextDouble() < 0.1), out _);
            Assert.InRange(found!.Value, 900, 1_200);
        }
    }

    [Fact]
    public void A_server_that_holds_the_least_by_chance_only_has_no_capacity()
    {
        var calls = 0;
        Assert.Null(Search(_ => calls++ == 0, out _));
    }

    private static double? Search(Func<double, bool> holds, out int measurements)
    {
        var count = 0;
        var found = new CapacitySearch(
            value =>
            {
                count++;
                return holds(value);
            },
            precision: 0.05,
            repeats: 3
        ).Find(100, 100_000);
        measurements = count;
        return found;
    }
}
