namespace C10k.Harness.Charts;

/// <summary>
/// The colours of ratios: red below 1, blue above, which people with any colour vision can tell apart. They are fixed, so that the same
/// ratio has the same colour in every run.
/// </summary>
internal static class HeatScale
{
    /// <summary>Where one colour ends and the next begins.</summary>
    public static IReadOnlyList<double> Stops { get; } = [0.25, 0.5, 0.8, 0.95, 1.05, 1.25];

    /// <summary>From the worst to the best; one more than there are stops.</summary>
    public static IReadOnlyList<string> Colours { get; } =
    ["#d6604d", "#f08f6c", "#fbc8ab", "#fbe9de", "#f4f4f4", "#bcd9ea", "#77b3d6"];

    /// <summary>The number of the colour of a ratio.</summary>
    public static int StepOf(double ratio) => Stops.Count(stop => ratio >= stop);
}
