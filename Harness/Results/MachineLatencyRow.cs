namespace C10k.Harness.Results;

/// <summary>A row of <c>latencies.csv</c>: what an operation takes on this machine. Null is what could not be had.</summary>
internal sealed record MachineLatencyRow
{
    /// <summary>The operation that all others are measured by.</summary>
    public const string Cycle = "cycle";

    public required string Operation { get; init; }
    public required string Title { get; init; }
    public double? MedianNs { get; init; }
    public double? CiLowNs { get; init; }
    public double? CiHighNs { get; init; }
    public int? Iterations { get; init; }

    /// <summary>What it would take if a CPU cycle took a second.</summary>
    public double? ScaledSeconds { get; init; }
    public required string Meaning { get; init; }
    public string? Reason { get; init; }
}
