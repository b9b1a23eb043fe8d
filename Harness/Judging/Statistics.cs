using Perfolizer;
using Perfolizer.Mathematics.Common;
using Perfolizer.Mathematics.Multimodality;
using Perfolizer.Mathematics.QuantileEstimators;

namespace C10k.Harness.Judging;

/// <summary>What Perfolizer says of a handful of figures.</summary>
internal static class Statistics
{
    /// <summary>Fewer figures make no interval that anyone should believe.</summary>
    public const int FewestForInterval = 3;

    // Below this the detector overlooks what anyone can see.
    private const int FewestForModes = 30;

    private static readonly LowlandModalityDetector Modes = new(sensitivity: 0.5, precision: 0.01);

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
        // Figures that differ so much that it could be nothing at all: such an interval says nothing, and has no place on an axis of decades.
        return interval.Lower > 0 ? (median, interval.Lower, interval.Upper) : (median, null, null);
    }

    /// <summary>How many levels the figures keep to (A. Akinshin's lowland method); null where they are too few to tell.</summary>
    public static int? CountModes(IReadOnlyList<double> figures)
    {
        if (figures.Count < FewestForModes)
            return null;
        // Figures that are all the same have no density to look for valleys in.
        return figures.Max() <= figures.Min() ? 1 : Modes.DetectModes(new Sample(figures)).Modality;
    }
}
