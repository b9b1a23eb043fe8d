using C10k.Harness.Judging;
using Xunit;

namespace C10k.Tests.Harness.Judging;

public class SteadinessTests
{
    [Fact]
    public void Too_few_figures_prove_nothing() => Assert.False(Steadiness.IsSteady([.. Noise(1, 9, 100)]));

    [Fact]
    public void A_rate_with_a_little_noise_is_steady() =>
        Assert.All(Enumerable.Range(0, 100), seed => Assert.True(Steadiness.IsSteady([.. Noise(seed, 10, 100)])));

    [Fact]
    public void A_step_is_not_steady() =>
        Assert.All(
            Enumerable.Range(0, 100),
            seed => Assert.False(Steadiness.IsSteady([.. Noise(seed, 5, 60), .. Noise(seed + 1, 5, 100)]))
        );

    [Fact]
    public void A_rate_that_grows_is_not_steady() =>
        Assert.All(
            Enumerable.Range(0, 100),
            seed =>
                Assert.False(Steadiness.IsSteady([.. Noise(seed, 10, 100).Select((rate, i) => rate * (0.5 + i / 20d))]))
        );

    [Fact]
    public void What_was_before_the_newest_figures_is_forgotten() =>
        Assert.True(Steadiness.IsSteady([.. Noise(1, 10, 10), .. Noise(2, 10, 100)]));

    [Fact]
    public void A_server_that_answers_nobody_is_steady_too() =>
        Assert.True(Steadiness.IsSteady([.. Enumerable.Repeat(0d, 10)]));

    private static IEnumerable<double> Noise(int seed, int count, double level)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, count).Select(_ => level * (1 + 0.02 * (random.NextDouble() - 0.5))).ToList();
    }
}
