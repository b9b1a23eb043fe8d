using CsvHelper.Configuration.Attributes;

namespace C10k.Harness.Results;

/// <summary>A row of <c>models.csv</c>: what a model of the run is, so that the report needs no server to ask.</summary>
internal sealed record ModelRow
{
    public required string Model { get; init; }
    public required string Family { get; init; }
    public string? Summary { get; init; }
    public string? UsedBy { get; init; }
    public string? Limits { get; init; }

    [Optional]
    public string? Source { get; init; }
}
