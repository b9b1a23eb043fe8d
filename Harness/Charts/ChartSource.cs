using C10k.Harness.Results;

namespace C10k.Harness.Charts;

/// <summary>What the charts of a run are made of.</summary>
internal sealed record ChartSource
{
    /// <summary>The cases; of two rows of one case the later counts.</summary>
    public IReadOnlyList<SummaryRow> Summary { get; init; } = [];

    /// <summary>Their latency distributions.</summary>
    public IReadOnlyList<LatencyRow> Latencies { get; init; } = [];

    /// <summary>Their time series.</summary>
    public ILookup<(string Model, string Workload, int Clients), SampleRow> Samples { get; init; } =
        Enumerable.Empty<SampleRow>().ToLookup(row => (row.Model, row.Workload, row.Clients));

    /// <summary>What operations take on this machine.</summary>
    public IReadOnlyList<MachineLatencyRow> Machine { get; init; } = [];

    /// <summary>The family of a model, by its id.</summary>
    public required Func<string, string> FamilyOf { get; init; }

    /// <summary>The charts that a workload asks for, by its id.</summary>
    public Func<string, IReadOnlyList<string>> ChartsOf { get; init; } = _ => [];

    /// <summary>The model that ratios refer to.</summary>
    public string? Baseline { get; init; }

    /// <summary>A line that says where this was measured.</summary>
    public required string Environment { get; init; }
}
