using Perfolizer;
using Perfolizer.Mathematics.GenericEstimators;
using Perfolizer.Mathematics.SignificanceTesting.Base;
using Perfolizer.Mathematics.SignificanceTesting.MannWhitney;
using Perfolizer.Metrology;

namespace C10k.Harness.Judging;

/// <summary>What can be said of one server beside another.</summary>
internal enum Difference
{
    /// <summary>Too few rounds, or too much spread, to say any of the others.</summary>
    Undecided,

    /// <summary>It answers credibly more requests a second, by more than the threshold.</summary>
    Faster,

    /// <summary>It answers credibly fewer.</summary>
    Slower,

    /// <summary>It differs credibly by less than the threshold.</summary>
    Same,
}

/// <summary>
/// Two servers by the figures of their rounds. The ratio is that of Hodges and Lehmann (the median of all pairwise ratios), its interval
/// the distribution-free one of the rank sum (E. Lehmann, Nonparametrics, 1975, 2.5), the tests are those of Mann and Whitney.
/// </summary>
/// <param name="Ratio">The second server's figure for each 1 of the first's.</param>
/// <param name="Low">Lower end of its 95 % interval; null where there are too few rounds for one.</param>
/// <param name="High">Upper end.</param>
/// <param name="PValue">Of the test that asks whether they differ at all, in either direction.</param>
internal sealed record Comparison(double Ratio, double? Low, double? High, double PValue, Difference Word)
{
    /// <summary>With fewer rounds on either side nothing is called faster or slower: chance alone would do it too often.</summary>
    public const int FewestRounds = 5;

    /// <summary>Differences up to this share matter to nobody.</summary>
    public const double Negligible = 0.02;

    private const double OneSided = 0.025;

    // Where counting all orders takes too long, the approximation is exact to many digits.
    private const int MostCounted = 60;

    /// <summary>How far the interval reaches to either side, as a share of the ratio; null where there is none.</summary>
    public double? Margin => (High - Low) / 2 / Ratio;

    /// <param name="first">Figures of the rounds of the first server, such as requests a second; all above 0.</param>
    /// <param name="second">Those of the second.</param>
    /// <param name="threshold">The share that a difference must exceed to count.</param>
    public static Comparison Of(
        IReadOnlyList<double> first,
        IReadOnlyList<double> second,
        double threshold = Negligible
    )
    {
        var (x, y) = (new Sample(first), new Sample(second));
        var (low, high) = Interval(first, second);
        var enough = Math.Min(first.Count, second.Count) >= FewestRounds;
        return new Comparison(
            HodgesLehmannEstimator.Instance.Ratio(y, x),
            low,
            high,
            Test(x, y, AlternativeHypothesis.TwoSides),
            enough ? Judge(first, y, threshold) : Difference.Undecided
        );
    }

    /// <summary>Whether the second is credibly slower than the first by more than this share.</summary>
    public static bool IsSlowerBy(double share, IReadOnlyList<double> first, IReadOnlyList<double> second) =>
        Math.Min(first.Count, second.Count) >= FewestRounds
        && Test(Scale(first, 1 - share), new Sample(second), AlternativeHypothesis.Greater) < OneSided;

    private static Difference Judge(IReadOnlyList<double> first, Sample second, double threshold)
    {
        var (lower, upper) = (Scale(first, 1 - threshold), Scale(first, 1 + threshold));
        if (Test(second, upper, AlternativeHypothesis.Greater) < OneSided)
            return Difference.Faster;
        if (Test(lower, second, AlternativeHypothesis.Greater) < OneSided)
            return Difference.Slower;
        // Two one-sided tests: not below the threshold's band, and not above it.
        return
            Test(second, lower, AlternativeHypothesis.Greater) < 2 * OneSided
            && Test(upper, second, AlternativeHypothesis.Greater) < 2 * OneSided
            ? Difference.Same
            : Difference.Undecided;
    }

    private static Sample Scale(IReadOnlyList<double> figures, double factor) =>
        new([.. figures.Select(figure => figure * factor)]);

    // With Greater: whether the figures of x tend to be above those of y.
    private static double Test(Sample x, Sample y, AlternativeHypothesis hypothesis) =>
        MannWhitneyTest.Instance.Perform(x, y, hypothesis, Threshold.Zero).PValue;

    private static (double? Low, double? High) Interval(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        double[] ratios = [.. from a in first from b in second select b / a];
        Array.Sort(ratios);
        var outside = CountOutside(first.Count, second.Count);
        return outside == 0 ? (null, null) : (ratios[outside - 1], ratios[^outside]);
    }

    // The greatest k for which the k-th smallest and k-th greatest ratio still hold the true one with 95 %.
    private static int CountOutside(int n, int m)
    {
        IMannWhitneyCdf distribution =
            n + m <= MostCounted ? MannWhitneyClassicExactCdf.Instance : MannWhitneyEdgeworthApproxCdf.Instance;
        // The chance of a rank sum below k.
        var (few, many) = (0, n * m / 2);
        while (few < many)
        {
            var middle = (few + many + 1) / 2;
            if (distribution.Cdf(n, m, middle) <= OneSided)
                few = middle;
            else
                many = middle - 1;
        }
        return few;
    }
}
