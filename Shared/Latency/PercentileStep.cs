namespace C10k.Latency;

/// <summary>One point of a percentile distribution: a row of a table, a point of a chart with a percentile axis.</summary>
/// <param name="Percentile">0 to 100.</param>
/// <param name="ValueNs">The latency that this share of the values does not exceed, in nanoseconds.</param>
/// <param name="TotalCount">How many values do not exceed it.</param>
public sealed record PercentileStep(double Percentile, long ValueNs, long TotalCount)
{
    /// <summary>
    /// Walks through a distribution in steps that get finer towards 100 %: so many up to 50 %, as many again up to 75 %, and so
    /// on until the highest value is reached; the last step is 100 %. The steps are those of Java HdrHistogram's percentile iterator.
    /// </summary>
    /// <param name="histogram">What to walk through; it must not change meanwhile. An empty one has no steps.</param>
    /// <param name="ticksPerHalfDistance">How many steps halve the distance to 100 %, at least 1.</param>
    /// <returns>Steps of growing percentile; several have the same value where many recorded values are equivalent.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Less than one step was asked for.</exception>
    public static IEnumerable<PercentileStep> Walk(LatencyHistogram histogram, int ticksPerHalfDistance = 5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ticksPerHalfDistance, 1);
        return Steps(histogram, ticksPerHalfDistance);
    }

    private static IEnumerable<PercentileStep> Steps(LatencyHistogram histogram, int ticksPerHalfDistance)
    {
        double percentile = 0;
        long countSoFar = 0;
        for (int index = 0; countSoFar < histogram.TotalCount; index++)
        {
            if (histogram.Counts[index] == 0)
            {
                continue;
            }

            countSoFar += histogram.Counts[index];
            bool last = countSoFar == histogram.TotalCount;
            double reached = 100.0 * countSoFar / histogram.TotalCount;
            while (percentile <= reached && percentile < 100)
            {
                yield return new(percentile, LatencyHistogram.HighestAt(index), countSoFar);
                percentile = Next(percentile, ticksPerHalfDistance);
                if (last)
                {
                    break; // what lies between here and 100 % is the same value
                }
            }

            if (last)
            {
                yield return new(100, LatencyHistogram.HighestAt(index), countSoFar);
            }
        }
    }

    private static double Next(double percentile, int ticksPerHalfDistance)
    {
        double halvings = Math.Floor(Math.Log(100 / (100 - percentile)) / Math.Log(2)) + 1;
        double next = percentile + (100 / (ticksPerHalfDistance * Math.Pow(2, halvings)));

        // Where the step is too small for a double (beyond 10^15 values) go on by the smallest one there is, or this never ends.
        return Math.Max(next, Math.BitIncrement(percentile));
    }
}
