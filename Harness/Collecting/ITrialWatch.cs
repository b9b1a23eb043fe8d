namespace C10k.Harness.Collecting;

/// <summary>Watches one trial from outside: a snapshot at each border between windows, and the figures when the last one has ended.</summary>
internal interface ITrialWatch : IDisposable
{
    /// <summary>Border 0 is where the first window begins, border k where window k - 1 ends.</summary>
    void Border(int index);

    IReadOnlyList<MetricValue> End();
}
