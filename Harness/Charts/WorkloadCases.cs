using C10k.Harness.Results;

namespace C10k.Harness.Charts;

/// <summary>The rows of one workload; models in the order of the run, clients ascending.</summary>
internal sealed class WorkloadCases
{
    private readonly ILookup<string, SummaryRow> _summary;
    private readonly ILookup<(string Model, int Clients), LatencyRow> _latencies;

    private WorkloadCases(string workload, IEnumerable<SummaryRow> summary, IReadOnlyList<LatencyRow> latencies)
    {
        Workload = workload;
        // A case that was run again has a second row, and the later one counts.
        _summary = summary
            .GroupBy(r => (r.Model, r.Clients))
            .Select(g => g.Last())
            .OrderBy(r => r.Clients)
            .ToLookup(r => r.Model);
        _latencies = latencies.ToLookup(r => (r.Model, r.Clients));
        Models = [.. summary.Select(r => r.Model).Concat(latencies.Select(r => r.Model)).Distinct()];
        Clients = [.. summary.Select(r => r.Clients).Distinct().Order()];
        LatencyClients = [.. latencies.Select(r => r.Clients).Distinct().Order()];
    }

    public string Workload { get; }
    public IReadOnlyList<string> Models { get; }
    public IReadOnlyList<int> Clients { get; }
    public IReadOnlyList<int> LatencyClients { get; }
    public IEnumerable<SummaryRow> All => Models.SelectMany(Of);

    public static IEnumerable<WorkloadCases> Of(
        IReadOnlyList<SummaryRow> summary,
        IReadOnlyList<LatencyRow> latencies
    ) =>
        summary
            .Select(r => r.Workload)
            .Concat(latencies.Select(r => r.Workload))
            .Distinct()
            .Select(workload => new WorkloadCases(
                workload,
                [.. summary.Where(r => r.Workload == workload)],
                [.. latencies.Where(r => r.Workload == workload)]
            ));

    /// <summary>The cases of a model.</summary>
    public IEnumerable<SummaryRow> Of(string model) => _summary[model];

    /// <summary>The latency distribution of a case, percentiles ascending.</summary>
    public IEnumerable<LatencyRow> LatenciesOf(string model, int clients) =>
        _latencies[(model, clients)].GroupBy(r => r.Percentile).Select(g => g.Last()).OrderBy(r => r.Percentile);
}
