namespace C10k.Harness.Results;

/// <summary>A row of <c>crosscheck.csv</c>: one round of a case, as LoadGen and as another load generator saw it.</summary>
internal sealed record CrossCheckRow
{
    public required string Model { get; init; }
    public required string Workload { get; init; }
    public required int Clients { get; init; }
    public required int Round { get; init; }

    /// <summary>Why the other one has no figure.</summary>
    public string? Reason { get; init; }

    public required double LoadgenRps { get; init; }
    public double? WrkRps { get; init; }

    /// <summary>wrk's figure for each 1 of LoadGen's.</summary>
    public double? Ratio { get; init; }

    public double? LoadgenP50Us { get; init; }
    public double? LoadgenP99Us { get; init; }
    public double? WrkP50Us { get; init; }
    public double? WrkP99Us { get; init; }
    public double? WrkSeconds { get; init; }
    public long? WrkRequests { get; init; }
    public long? WrkConnectErrors { get; init; }
    public long? WrkReadErrors { get; init; }
    public long? WrkWriteErrors { get; init; }
    public long? WrkTimeouts { get; init; }
    public long? WrkOtherStatuses { get; init; }
}
