namespace C10k.Tests.Support;

/// <summary>A clock that stands still until it is told how much time has passed.</summary>
internal sealed class FakeClock : TimeProvider
{
    private readonly Lock _gate = new();
    private DateTimeOffset _now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _now;
    }

    public void Advance(TimeSpan time)
    {
        lock (_gate)
            _now += time;
    }
}
