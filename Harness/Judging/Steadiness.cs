using Perfolizer.Mathematics.Cpd;

namespace C10k.Harness.Judging;

/// <summary>
/// Says whether a rate has settled: no change point in its newest figures, or only ones too small to matter. Change points are found by
/// ED-PELT (K. Haynes, P. Fearnhead, I. Eckley, Statistics and Computing 27, 2017), which assumes no distribution.
/// </summary>
internal static class Steadiness
{
    /// <summary>How many of the newest figures are looked at; fewer prove nothing.</summary>
    public const int Figures = 10;

    // A level is made of at least so many figures.
    private const int ShortestLevel = 3;

    // In short series the detector sees steps in plain noise too; those are smaller than this.
    private const double SmallStep = 0.05;

    public static bool IsSteady(IReadOnlyList<double> rates)
    {
        if (rates.Count < Figures)
            return false;
        double[] newest = [.. rates.TakeLast(Figures)];
        var levels = Levels(newest).ToList();
        return levels.Max() - levels.Min() <= SmallStep * levels.Max();
    }

    private static IEnumerable<double> Levels(double[] rates)
    {
        var start = 0;
        foreach (var last in EdPeltChangePointDetector.Instance.GetChangePointIndexes(rates, ShortestLevel))
        {
            yield return rates[start..(last + 1)].Average();
            start = last + 1;
        }
        yield return rates[start..].Average();
    }
}
