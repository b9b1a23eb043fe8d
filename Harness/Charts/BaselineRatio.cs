using C10k.Harness.Results;

namespace C10k.Harness.Charts;

/// <summary>The throughput of a case for each 1 of the baseline's.</summary>
internal static class BaselineRatio
{
    /// <summary>As the run computed it over rounds; where it did not, the ratio of the medians, and null where one of them is missing.</summary>
    public static double? Of(SummaryRow row, SummaryRow? baseline) =>
        Finite(row.Ratio) ?? Finite(row.ThroughputRps / baseline?.ThroughputRps);

    // A baseline that answered nothing is nothing to compare with.
    private static double? Finite(double? ratio) => ratio is { } value && double.IsFinite(value) ? value : null;
}
