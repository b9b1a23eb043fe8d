using System.Diagnostics;
using C10k.LoadGen.Arrivals;
using Xunit;

namespace C10k.Tests.LoadGen;

public class GapsTests
{
    private const int Clients = 50;

    [Fact]
    public void A_constant_rate_is_shared_evenly_and_the_clients_take_turns()
    {
        var gaps = new Gaps(Pace.Scheduled(rate: 1_000), Clients, seed: 1);
        var first = Enumerable.Range(0, Clients).Select(gaps.First).ToList();
        Assert.All(Enumerable.Range(0, Clients), rank => Assert.Equal(0.001 * rank, Seconds(first[rank]), 1e-6));
        Assert.Equal(0.05, Seconds(gaps.Next()), 1e-6);
    }

    [Fact]
    public void Poisson_arrivals_have_exponential_gaps()
    {
        var gaps = new Gaps(Pace.Scheduled(rate: 1_000, isRandom: true), Clients, seed: 1);
        AssertExponential([.. Enumerable.Range(0, 100_000).Select(_ => Seconds(gaps.Next()))], mean: 0.05);
    }

    [Fact]
    public void Random_thinking_is_exponential_and_fixed_thinking_is_not()
    {
        var random = new Gaps(Pace.Think(TimeSpan.FromMilliseconds(20), isRandom: true), Clients, seed: 2);
        AssertExponential([.. Enumerable.Range(0, 100_000).Select(_ => Seconds(random.Next()))], mean: 0.02);
        var alike = new Gaps(Pace.Think(TimeSpan.FromMilliseconds(20)), Clients, seed: 2);
        Assert.All(Enumerable.Range(0, 100), _ => Assert.Equal(0.02, Seconds(alike.Next()), 1e-9));
    }

    [Fact]
    public void The_same_seed_draws_the_same_times_and_another_one_others()
    {
        var pace = Pace.Scheduled(rate: 1_000, isRandom: true);
        Assert.Equal(Draw(1), Draw(1));
        Assert.NotEqual(Draw(1), Draw(2));

        List<long> Draw(int seed)
        {
            var gaps = new Gaps(pace, Clients, seed);
            return [.. Enumerable.Range(0, 10).Select(_ => gaps.Next())];
        }
    }

    // Mean, deviation and the share above the mean, which is 1/e.
    private static void AssertExponential(double[] gaps, double mean)
    {
        var average = gaps.Average();
        Assert.Equal(mean, average, mean * 0.02);
        Assert.Equal(mean, Math.Sqrt(gaps.Average(gap => (gap - average) * (gap - average))), mean * 0.03);
        Assert.Equal(1 / Math.E, (double)gaps.Count(gap => gap > mean) / gaps.Length, 0.01);
    }

    private static double Seconds(long ticks) => (double)ticks / Stopwatch.Frequency;
}
