namespace C10k.Harness.Results;

/// <summary>A row of <c>workloads.csv</c>: what a workload of the run is, so that the report needs nobody to ask.</summary>
internal sealed record WorkloadRow
{
    public required string Workload { get; init; }
    public string? Summary { get; init; }
    public string? Question { get; init; }
    public string? Settings { get; init; }
    public string? Charts { get; init; }
}
