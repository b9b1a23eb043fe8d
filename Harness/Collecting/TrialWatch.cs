namespace C10k.Harness.Collecting;

internal sealed class TrialWatch(int pid) : ITrialWatch
{
    public void Border(int index)
    {
        _ = pid;
    }

    public IReadOnlyList<MetricValue> End() => [];
}
