using C10k.Harness.Judging;
using CsvHelper.Configuration.Attributes;

namespace C10k.Harness.Results;

/// <summary>
/// A row of <c>summary.csv</c>: a case. The column names are the property names in snake_case, in this order;
/// null is a metric that could not be had. A new column is <see cref="OptionalAttribute"/>, because older files do not have it, and stands
/// behind the others.
/// </summary>
internal sealed record SummaryRow
{
    public required string Model { get; init; }
    public required string Workload { get; init; }
    public required int Clients { get; init; }
    public required CaseStatus Status { get; init; }
    public string? Reason { get; init; }
    public Verdict? Verdict { get; init; }
    public int Rounds { get; init; }
    public int Windows { get; init; }
    public int? ClientsConnected { get; init; }
    public int? ClientsServed { get; init; }
    public double? ConnectP50Ms { get; init; }
    public double? ConnectP99Ms { get; init; }
    public long? Requests { get; init; }
    public long? Errors { get; init; }
    public double? ThroughputRps { get; init; }
    public double? ThroughputCiLowRps { get; init; }
    public double? ThroughputCiHighRps { get; init; }
    public double? P50Us { get; init; }
    public double? P90Us { get; init; }
    public double? P99Us { get; init; }
    public double? P999Us { get; init; }
    public double? MaxUs { get; init; }
    public double? ServiceP50Us { get; init; }
    public double? ServiceP99Us { get; init; }
    public int? ThreadsMax { get; init; }
    public int? ProcessesMax { get; init; }
    public long? ContextSwitchesVoluntary { get; init; }
    public long? ContextSwitchesInvoluntary { get; init; }
    public double? ContextSwitchesPerRequest { get; init; }
    public string? ContextSwitchesSource { get; init; }
    public double? ServerCpuCores { get; init; }
    public double? ServerCpuUsPerRequest { get; init; }
    public double? LoadCpuCores { get; init; }
    public double? RssPeakMb { get; init; }
    public double? MemoryPerClientKb { get; init; }
    public long? ListenOverflows { get; init; }
    public long? ListenDrops { get; init; }
    public long? TcpRetransmits { get; init; }
    public double? Fairness { get; init; }
    public double? LittleRatio { get; init; }

    [Optional]
    public WarmUpEnd? WarmupEnd { get; init; }

    [Optional]
    public double? WarmupSeconds { get; init; }

    [Optional]
    public CiBasis? ThroughputCiBasis { get; init; }

    [Optional]
    public int? ThroughputModes { get; init; }

    [Optional]
    public double? Ratio { get; init; }

    [Optional]
    public double? RatioCiLow { get; init; }

    [Optional]
    public double? RatioCiHigh { get; init; }

    [Optional]
    public Difference? VersusBaseline { get; init; }

    [Optional]
    public int? RankGroup { get; init; }

    [Optional]
    public string? Suspect { get; init; }

    [Optional]
    public double? PssMb { get; init; }

    [Optional]
    public double? SocketMemoryMb { get; init; }

    [Optional]
    public int? Descriptors { get; init; }

    [Optional]
    public long? PageFaults { get; init; }

    [Optional]
    public long? PageFaultsMajor { get; init; }

    [Optional]
    public long? GcCollections { get; init; }

    [Optional]
    public double? GcPauseMs { get; init; }

    [Optional]
    public double? AllocatedMb { get; init; }

    [Optional]
    public int? ThreadPoolThreadsMax { get; init; }

    [Optional]
    public long? ThreadPoolQueueMax { get; init; }

    [Optional]
    public double? ServerCpusBusyCores { get; init; }

    [Optional]
    public double? LoadCpusBusyCores { get; init; }

    [Optional]
    public double? HarnessCpuCores { get; init; }

    [Optional]
    public double? RateAskedRps { get; init; }

    [Optional]
    public double? GoodputMbPerSecond { get; init; }

    [Optional]
    public int? ConnectionsLost { get; init; }

    [Optional]
    public double? RecoveryMs { get; init; }

    [Optional]
    public double? SyscallsPerRequest { get; init; }

    [Optional]
    public string? ErrorKinds { get; init; }

    [Optional]
    public long? Unanswered { get; init; }

    [Optional]
    public double? ScheduleLagMaxUs { get; init; }

    [Optional]
    public double? PacingMaxUs { get; init; }

    [Optional]
    public double? ServerCpusOthers { get; init; }

    [Optional]
    public double? LoadCpusOthers { get; init; }

    [Optional]
    public double? ServerCpuUserCores { get; init; }

    [Optional]
    public double? ServerCpuSystemCores { get; init; }
}
