using C10k.Harness.Judging;
using Xunit;

namespace C10k.Tests.Harness.Judging;

public class ComparisonTests
{
    private static readonly double[] Around100 = [98, 99, 100, 101, 102];

    [Theory]
    [InlineData(1.2, nameof(Difference.Faster))]
    [InlineData(0.9, nameof(Difference.Slower))]
    [InlineData(1.0, nameof(Difference.Undecided))]
    public void A_difference_beyond_all_spread_has_its_word(double factor, string word)
    {
        var comparison = Comparison.Of(Around100, Scaled(Around100, factor));
        Assert.Equal(word, comparison.Word.ToString());
        Assert.Equal(factor, comparison.Ratio, 0.01);
        Assert.InRange(comparison.Ratio, comparison.Low!.Value, comparison.High!.Value);
    }

    [Fact]
    public void What_hardly_varies_and_hardly_differs_is_the_same() =>
        Assert.Equal(
            Difference.Same,
            Comparison.Of([100, 100.1, 100.2, 100.3, 100.4], [100.5, 100.6, 100.7, 100.8, 100.9]).Word
        );

    [Theory]
    [InlineData(1, 5)]
    [InlineData(4, 4)]
    [InlineData(5, 4)]
    [InlineData(4, 50)]
    public void Nothing_is_called_faster_from_fewer_than_five_rounds(int first, int second) =>
        Assert.Equal(
            Difference.Undecided,
            Comparison.Of(Enumerable.Repeat(1d, first).ToList(), Enumerable.Repeat(9d, second).ToList()).Word
        );

    // The tables of the rank sum test: U = 2 for five against five, 0 for four against four, none for three against three.
    [Theory]
    [InlineData(3, null, null)]
    [InlineData(4, 1.0, 4.0)]
    [InlineData(5, 2.0, 3.0)]
    public void The_interval_is_cut_where_the_tables_say(int rounds, double? low, double? high)
    {
        double[] ratios = [1, 1, 2, 3, 4];
        var (first, second) = rounds == 5 ? (5, ratios) : (rounds, [1, 2, 3, 4]);
        var comparison = Comparison.Of(
            Enumerable.Repeat(1d, first).ToList(),
            second[..Math.Min(rounds, second.Length)]
        );
        if (low is null)
            Assert.Null(comparison.Low);
        else
            Assert.InRange(comparison.Low!.Value, low.Value - 1, low.Value);
        if (high is null)
            Assert.Null(comparison.High);
        else
            Assert.InRange(comparison.High!.Value, high.Value, high.Value + 1);
    }

    [Fact]
    public void Its_interval_holds_the_true_ratio_as_often_as_it_says()
    {
        var random = new Random(1);
        var held = 0;
        for (var i = 0; i < 1000; i++)
        {
            var comparison = Comparison.Of(Sample(random, 1), Sample(random, 1.3));
            held += comparison.Low <= 1.3 && 1.3 <= comparison.High ? 1 : 0;
        }
        Assert.InRange(held, 930, 995);
    }

    [Fact]
    public void Chance_makes_nothing_faster_more_often_than_it_may()
    {
        var random = new Random(2);
        var words = Enumerable.Range(0, 1000).Select(_ => Comparison.Of(Sample(random, 1), Sample(random, 1)).Word);
        Assert.InRange(words.Count(word => word is Difference.Faster or Difference.Slower), 0, 50);
    }

    [Theory]
    [InlineData(0.9, 0.05, true)]
    [InlineData(0.97, 0.05, false)]
    [InlineData(1.2, 0.05, false)]
    public void A_slowdown_counts_only_beyond_the_share(double factor, double share, bool slower) =>
        Assert.Equal(
            slower,
            Comparison.IsSlowerBy(share, [100, 100.5, 101, 101.5, 102], Scaled([100, 100.4, 100.8, 101.4, 102], factor))
        );

    [Theory]
    [InlineData(10, 0.05)]
    [InlineData(10, 0.06)]
    [InlineData(15, 0.08)]
    public void A_slowdown_of_a_tenth_is_found_in_nine_of_ten_tries(int rounds, double noise)
    {
        var random = new Random(4);
        var words = Words(() => Comparison.Of(Noisy(random, rounds, noise, 1), Noisy(random, rounds, noise, 0.9)));
        Assert.InRange(words.Count(word => word == Difference.Slower), 0.9 * Tries, Tries);
    }

    [Theory]
    [InlineData(5, 0.05)]
    [InlineData(10, 0.02)]
    [InlineData(10, 0.06)]
    [InlineData(15, 0.08)]
    public void Equal_servers_are_called_different_in_one_of_ten_tries_at_most(int rounds, double noise)
    {
        var random = new Random(5);
        var words = Words(() => Comparison.Of(Noisy(random, rounds, noise, 1), Noisy(random, rounds, noise, 1)));
        Assert.InRange(words.Count(word => word is Difference.Faster or Difference.Slower), 0, 0.1 * Tries);
    }

    [Fact]
    public void A_slowdown_of_just_what_is_allowed_hardly_ever_fails()
    {
        var random = new Random(6);
        var failed = Enumerable
            .Range(0, Tries)
            .Count(_ => Comparison.IsSlowerBy(0.05, Noisy(random, 10, 0.05, 1), Noisy(random, 10, 0.05, 0.95)));
        Assert.InRange(failed, 0, 0.05 * Tries);
    }

    [Theory]
    // Credible, and by the estimate more than matters.
    [InlineData(0.94, 0.02, nameof(Difference.Slower))]
    [InlineData(1.06, 0.02, nameof(Difference.Faster))]
    // Credible, but by the estimate less than matters, and perhaps more.
    [InlineData(0.94, 0.07, nameof(Difference.Undecided))]
    // Credibly less than matters.
    [InlineData(0.94, 0.15, nameof(Difference.Same))]
    public void The_word_follows_from_ratio_and_interval(double factor, double threshold, string word)
    {
        double[] figures = [98, 98.5, 99, 99.5, 100, 100.5, 101, 101.5, 102, 102.5];
        var comparison = Comparison.Of(figures, Scaled(figures, factor), threshold);
        Assert.Equal(word, comparison.Word.ToString());
    }

    [Fact]
    public void Many_rounds_are_no_trouble()
    {
        var random = new Random(3);
        var many = Enumerable.Range(0, 100).Select(_ => 100 + random.NextDouble()).ToList();
        var comparison = Comparison.Of(many, Scaled([.. many], 1.1));
        Assert.Equal(Difference.Faster, comparison.Word);
        Assert.InRange(comparison.Margin!.Value, 0, 0.01);
    }

    private static List<double> Sample(Random random, double factor) =>
        [
            .. Enumerable
                .Range(0, 5)
                .Select(_ => factor * Math.Exp(0.05 * (random.NextDouble() + random.NextDouble() - 1))),
        ];

    private const int Tries = 300;

    private static IEnumerable<Difference> Words(Func<Comparison> compare) =>
        Enumerable.Range(0, Tries).Select(_ => compare().Word);

    // Rounds whose figures vary as measurements do: normally (G. Box, M. Muller, 1958).
    private static List<double> Noisy(Random random, int rounds, double noise, double factor) =>
        [.. Enumerable.Range(0, rounds).Select(_ => factor * (1 + noise * Normal(random)))];

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static double[] Scaled(double[] figures, double factor) => [.. figures.Select(figure => figure * factor)];
}
