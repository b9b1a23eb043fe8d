namespace C10k.Harness.Results;

/// <summary>
/// A row of <c>samples.csv</c>: one point of the time series of a window. Seconds and requests count from the start of
/// the window.
/// </summary>
internal sealed record SampleRow
{
    public required string Model { get; init; }
    public required string Workload { get; init; }
    public required int Clients { get; init; }
    public required int Round { get; init; }
    public required int Window { get; init; }
    public required double Seconds { get; init; }
    public long? Requests { get; init; }
    public int? Threads { get; init; }
    public int? Processes { get; init; }
    public double? RssMb { get; init; }
    public double? ServerCpuCores { get; init; }
}
