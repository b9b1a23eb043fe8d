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

    /// <summary>It answers credibly more requests a second, and by the estimate more than the threshold.</summary>
    Faster,

    /// <summary>It answers credibly fewer.</summary>
    Slower,

    /// <summary>It differs credibly by less than the threshold.</summary>
    Same,
}

/// <summary>
/// Two servers by the figures of their rounds. The ratio is that of Hodges and Lehmann (the median of all pairwise ratios), its interval
/// the distribution-free one of the rank sum (E. Lehmann, Nonparametrics, 1975, 2.5), the p-value that of Mann and Whitney. The word follows
/// from ratio and interval alone, so that whoever reads them can check it.
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

    // On each side of a 95 % interval.
    private const double Tail = 0.025;

    // "Same" has to be shown on both sides, so that each may fail this often (D. Schuirmann, J. Pharmacokinet. Biopharm. 15, 1987).
    private const double TailOfSame = 0.05;

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
        var ratio = HodgesLehmannEstimator.Instance.Ratio(y, x);
        var pairs = Pairs(first, second);
        var interval = IntervalOf(pairs, first.Count, second.Count, Tail);
        return new Comparison(
            ratio,
            interval?.Low,
            interval?.High,
            MannWhitneyTest.Instance.Perform(x, y, AlternativeHypothesis.TwoSides, Threshold.Zero).PValue,
            AreEnough(first, second)
                ? Judge(ratio, interval, IntervalOf(pairs, first.Count, second.Count, TailOfSame), threshold)
                : Difference.Undecided
        );
    }

    /// <summary>
    /// Whether the second is credibly slower than the first by more than this share: the whole interval lies beyond it, and not the ratio
    /// alone.
    /// </summary>
    public static bool IsSlowerBy(double share, IReadOnlyList<double> first, IReadOnlyList<double> second) =>
        AreEnough(first, second) && Of(first, second).High < 1 - share;

    private static bool AreEnough(IReadOnlyList<double> first, IReadOnlyList<double> second) =>
        Math.Min(first.Count, second.Count) >= FewestRounds;

    // That there is a difference must be credible; that it matters, likely.
    private static Difference Judge(double ratio, Interval? likely, Interval? ofSame, double threshold)
    {
        if (likely?.Low > 1 && ratio > 1 + threshold)
            return Difference.Faster;
        if (likely?.High < 1 && ratio < 1 - threshold)
            return Difference.Slower;
        return ofSame?.Low > 1 - threshold && ofSame?.High < 1 + threshold ? Difference.Same : Difference.Undecided;
    }

    // All pairwise ratios, ascending.
    private static double[] Pairs(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        double[] ratios = [.. from a in first from b in second select b / a];
        Array.Sort(ratios);
        return ratios;
    }

    private static Interval? IntervalOf(double[] pairs, int n, int m, double tail) =>
        CountOutside(n, m, tail) is > 0 and var outside ? new(pairs[outside - 1], pairs[^outside]) : null;

    // The greatest k for which the k-th smallest ratio is above the true one, and the k-th greatest below it, no more often than the tail says.
    private static int CountOutside(int n, int m, double tail)
    {
        IMannWhitneyCdf distribution =
            n + m <= MostCounted ? MannWhitneyClassicExactCdf.Instance : MannWhitneyEdgeworthApproxCdf.Instance;
        // The chance of a rank sum below k.
        var (few, many) = (0, n * m / 2);
        while (few < many)
        {
            var middle = (few + many + 1) / 2;
            if (distribution.Cdf(n, m, middle) <= tail)
                few = middle;
            else
                many = middle - 1;
        }
        return few;
    }

    private readonly record struct Interval(double Low, double High);
}
