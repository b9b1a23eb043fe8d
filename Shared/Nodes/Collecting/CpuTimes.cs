namespace C10k.Nodes.Collecting;

/// <summary>CPU time and its two parts. The parts are coarser than the whole, so that their sum may differ from it a little.</summary>
internal readonly record struct CpuTimes(TimeSpan User, TimeSpan System, TimeSpan Total)
{
    public static CpuTimes OfParts(TimeSpan user, TimeSpan system) => new(user, system, user + system);

    public static CpuTimes operator +(CpuTimes a, CpuTimes b) =>
        new(a.User + b.User, a.System + b.System, a.Total + b.Total);

    public static CpuTimes operator -(CpuTimes a, CpuTimes b) =>
        new(a.User - b.User, a.System - b.System, a.Total - b.Total);

    /// <summary>What has come since <paramref name="earlier"/>; a clock that ran backwards counts as one that stood still.</summary>
    public CpuTimes GrowthSince(CpuTimes earlier) =>
        new(Positive(User - earlier.User), Positive(System - earlier.System), Positive(Total - earlier.Total));

    /// <summary>Each part, but at most as much as in <paramref name="limit"/>.</summary>
    public CpuTimes AtMost(CpuTimes limit) =>
        new(Less(User, limit.User), Less(System, limit.System), Less(Total, limit.Total));

    private static TimeSpan Positive(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;

    private static TimeSpan Less(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
