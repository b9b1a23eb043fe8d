namespace C10k.Harness.Results;

/// <summary>How a case ended. Written in kebab-case.</summary>
internal enum CaseStatus
{
    /// <summary>It was measured.</summary>
    Ok,

    /// <summary>It was not started, for the reason stated beside it.</summary>
    Skipped,

    /// <summary>It was started and gave no figure, for the reason stated beside it.</summary>
    Failed,
}

/// <summary>Why the figure of a case is what it is. Written in kebab-case.</summary>
internal enum Verdict
{
    /// <summary>The server had no CPU time left: the figure is the server's.</summary>
    ServerBound,

    /// <summary>The load generator had no CPU time left: the server could have done more.</summary>
    LoadBound,

    /// <summary>Fewer requests were answered than the rate asked for, though neither side was full.</summary>
    RateMissed,

    /// <summary>Some clients were never served.</summary>
    Starved,

    /// <summary>Neither side was busy: the clients, not the server, set the figure.</summary>
    Idle,
}

/// <summary>What ended a warm-up, the more doubtful the later. Written in kebab-case.</summary>
internal enum WarmUpEnd
{
    /// <summary>There was none.</summary>
    None,

    /// <summary>Throughput had become steady.</summary>
    Steady,

    /// <summary>Its time was over; throughput was still changing.</summary>
    Limit,
}

/// <summary>What an interval was made of. Written in kebab-case.</summary>
internal enum CiBasis
{
    /// <summary>The windows of too few rounds: how much one process varies, and not how much processes differ.</summary>
    Windows,

    /// <summary>The rounds.</summary>
    Rounds,
}
