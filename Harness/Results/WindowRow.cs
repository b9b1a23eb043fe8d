using CsvHelper.Configuration.Attributes;

namespace C10k.Harness.Results;

/// <summary>
/// A row of <c>windows.csv</c>: a window of a round of a case. Rounds and windows count from 1; latencies are null when
/// no request was completed.
/// </summary>
internal sealed record WindowRow
{
    public required string Model { get; init; }
    public required string Workload { get; init; }
    public required int Clients { get; init; }
    public required int Round { get; init; }
    public required int Window { get; init; }
    public required DateTimeOffset StartedUtc { get; init; }
    public required double Seconds { get; init; }
    public required long Requests { get; init; }
    public required long Errors { get; init; }
    public required double ThroughputRps { get; init; }
    public double? P50Us { get; init; }
    public double? P90Us { get; init; }
    public double? P99Us { get; init; }
    public double? P999Us { get; init; }
    public double? MaxUs { get; init; }
    public double? MeanUs { get; init; }
    public double? ServerCpuCores { get; init; }
    public double? LoadCpuCores { get; init; }
    public int? Threads { get; init; }
    public int? Processes { get; init; }
    public double? RssMb { get; init; }
    public long? ContextSwitchesVoluntary { get; init; }
    public long? ContextSwitchesInvoluntary { get; init; }

    [Optional]
    public WarmUpEnd? WarmupEnd { get; init; }

    [Optional]
    public double? WarmupSeconds { get; init; }

    [Optional]
    public double? StandstillSeconds { get; init; }
}
