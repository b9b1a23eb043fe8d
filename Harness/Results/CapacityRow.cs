namespace C10k.Harness.Results;

/// <summary>A row of <c>capacity.csv</c>: one try of a search, in the order in which they were made.</summary>
internal sealed record CapacityRow
{
    public required string Model { get; init; }
    public required string Workload { get; init; }
    public required CapacityKind Searched { get; init; }
    public required int Clients { get; init; }
    public double? RateAskedRps { get; init; }
    public required bool Holds { get; init; }
    public string? Reason { get; init; }
    public double? ThroughputRps { get; init; }
    public double? P50Us { get; init; }
    public double? P99Us { get; init; }
    public int? ClientsConnected { get; init; }
    public int? ClientsServed { get; init; }
    public long? Errors { get; init; }
    public string? Suspect { get; init; }

    /// <summary>Whether it decided anything; a try that is not to be trusted is made once more.</summary>
    public required bool Counts { get; init; }
}

/// <summary>What a search is after.</summary>
internal enum CapacityKind
{
    /// <summary>The highest rate of requests.</summary>
    Rate,

    /// <summary>The highest number of clients.</summary>
    Clients,
}
