namespace C10k.Harness.Results;

/// <summary>
/// A row of <c>latency.csv</c>: a percentile (0 to 100; 100 is the maximum) of the latency distribution of a case.
/// </summary>
internal sealed record LatencyRow
{
    public required string Model { get; init; }
    public required string Workload { get; init; }
    public required int Clients { get; init; }
    public required double Percentile { get; init; }
    public double? ResponseUs { get; init; }
    public double? ServiceUs { get; init; }
}
