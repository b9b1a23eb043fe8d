using System.Globalization;

namespace C10k.Latency;

/// <summary>Writes a percentile distribution as text, the .hgrm format that HdrHistogram's plotters read.</summary>
public static class HgrmWriter
{
    /// <summary>
    /// Writes what Java's <c>Histogram.outputPercentileDistribution</c> writes for the same histogram, character for character.
    /// </summary>
    /// <param name="histogram">What to write.</param>
    /// <param name="writer">Where to; it is not closed. Line ends are line feeds.</param>
    /// <param name="nanosecondsPerUnit">What one of the printed unit is: 1,000 (the default) prints microseconds.</param>
    /// <param name="ticksPerHalfDistance">How many steps halve the distance to 100 %, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The unit is not positive, or less than one step was asked for.</exception>
    public static void Write(
        LatencyHistogram histogram,
        TextWriter writer,
        double nanosecondsPerUnit = 1000,
        int ticksPerHalfDistance = 5
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(nanosecondsPerUnit);
        writer.Write($"{"Value", 12} {"Percentile", 14} {"TotalCount", 10} {"1/(1-Percentile)", 14}\n\n");
        foreach (PercentileStep step in PercentileStep.Walk(histogram, ticksPerHalfDistance))
        {
            writer.Write(Row(step, nanosecondsPerUnit));
        }

        writer.Write(Footer(histogram, nanosecondsPerUnit));
    }

    private static string Row(PercentileStep step, double nanosecondsPerUnit)
    {
        double share = step.Percentile / 100;
        string value = Fixed(step.ValueNs / nanosecondsPerUnit, 3).PadLeft(12);
        string inverse = step.Percentile < 100 ? ' ' + Fixed(1 / (1 - share), 2).PadLeft(14) : "";
        return $"{value} {Fixed(share, 12)} {step.TotalCount, 10}{inverse}\n";
    }

    private static string Footer(LatencyHistogram histogram, double nanosecondsPerUnit)
    {
        string mean = Fixed(histogram.Mean / nanosecondsPerUnit, 3);
        string stdDev = Fixed(histogram.StdDev / nanosecondsPerUnit, 3);
        string max = Fixed(histogram.Max / nanosecondsPerUnit, 3);
        return $"#[Mean    = {mean, 12}, StdDeviation   = {stdDev, 12}]\n"
            + $"#[Max     = {max, 12}, Total count    = {histogram.TotalCount, 12}]\n"
            + $"#[Buckets = {LatencyHistogram.BucketCount, 12}, SubBuckets     = {LatencyHistogram.SubBucketCount, 12}]\n";
    }

    // Java rounds the shortest decimal form half up, .NET the exact binary value. They differ where the digits end in 5, as
    // those of percentiles do (0.9998779296875), and decimal rounds as Java does.
    private static string Fixed(double value, int digits)
    {
        string shortest = value.ToString("R", CultureInfo.InvariantCulture);
        return decimal.Parse(shortest, NumberStyles.Float, CultureInfo.InvariantCulture)
            .ToString("F" + digits, CultureInfo.InvariantCulture);
    }
}
