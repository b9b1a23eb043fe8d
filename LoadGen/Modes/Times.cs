namespace C10k.LoadGen.Modes;

/// <summary>How long a load lasts that is made alone.</summary>
/// <param name="WarmUp">How long it is not measured.</param>
/// <param name="Duration">How long it is.</param>
/// <param name="Interval">How often it is told how it goes; about, because all windows are of the same length.</param>
internal sealed record Times(TimeSpan WarmUp, TimeSpan Duration, TimeSpan Interval)
{
    /// <summary>How many windows of this length are in the duration.</summary>
    public int Windows => Math.Max(1, (int)Math.Round(Duration / Interval));
}
