using Perfolizer;
using Perfolizer.Mathematics.Common;
using Perfolizer.Mathematics.QuantileEstimators;

namespace C10k.Harness.Judging;

/// <summary>What Perfolizer says of a handful of figures.</summary>
internal static class Statistics
{
    // Fewer figures make no interval that anyone should believe.
    private const int FewestForInterval = 3;

    /// <summary>The median by Harrell and Davis (Biometrika 69, 1982), with its 95 % interval where there are figures enough.</summary>
    public static (double Median, double? Low, double? High) MedianWithInterval(IReadOnlyList<double> figures)
    {
        var sample = new Sample(figures);
        var estimator = HarrellDavisQuantileEstimator.Instance;
        var median = estimator.Median(sample);
        if (figures.Count < FewestForInterval)
            return (median, null, null);
        var interval = estimator
            .QuantileConfidenceIntervalEstimator(sample, Probability.Median)
            .ConfidenceInterval(ConfidenceLevel.L95);
        return (median, Math.Max(0, interval.Lower), interval.Upper);
    }
}
