using C10k.Harness.Capacity;
using Xunit;

namespace C10k.Tests.Harness.Capacity;

public class CapacitySearchTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(49)]
    [InlineData(100)]
    [InlineData(1_234)]
    [InlineData(48_000)]
    [InlineData(99_000)]
    public void It_finds_the_limit_from_below_and_as_near_as_was_asked(int limit) =>
        Assert.InRange(Search(rate => rate <= limit, out _)!.Value, Math.Min(limit, limit / 1.05), limit);

    [Fact]
    public void A_server_that_fails_at_once_has_no_capacity() => Assert.Null(Search(_ => false, out _));

    [Fact]
    public void A_server_that_never_fails_has_what_was_asked_at_most() =>
        Assert.Equal(100_000, Search(_ => true, out _));

    [Theory]
    [InlineData(48_000)]
    [InlineData(20)]
    [InlineData(1)]
    public void It_takes_few_measurements(int limit)
    {
        Search(rate => rate <= limit, out var measurements);
        Assert.InRange(measurements, 1, 28);
    }

    [Fact]
    public void Nothing_between_two_neighbours_is_looked_for()
    {
        var tried = new List<int>();
        Search(
            rate =>
            {
                tried.Add(rate);
                return rate <= 1;
            },
            out _
        );
        // Failures twice, the answer once and in each of the repeats.
        Assert.Equal([100, 100, 50, 50, 25, 25, 12, 12, 6, 6, 3, 3, 1, 2, 2, 1, 1, 1], tried);
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
    public void An_unlucky_measurement_is_no_ceiling()
    {
        var tried = new HashSet<int>();
        // Whatever is tried for the first time fails.
        var found = Search(rate => !tried.Add(rate) && rate <= 48_000, out _);
        Assert.InRange(found!.Value, 48_000 / 1.05, 48_000);
    }

    [Fact]
    public void What_fails_two_times_of_three_does_not_hold()
    {
        var calls = 0;
        Assert.Null(Search(_ => calls++ % 3 == 1, out _));
    }

    [Fact]
    public void A_server_that_holds_the_least_by_chance_only_has_no_capacity()
    {
        var calls = 0;
        Assert.Null(Search(_ => calls++ == 0, out _));
    }

    private static int? Search(Func<int, bool> holds, out int measurements)
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
        ).Find(first: 100, least: 1, most: 100_000);
        measurements = count;
        return found;
    }
}
