using C10k.Harness.Results;

namespace C10k.Harness.Charts;

/// <summary>The rows of one workload; models in the order of the run, clients ascending.</summary>
internal sealed class WorkloadCases
{
    private readonly ILookup<string, SummaryRow> _summary;
    private readonly ILookup<(string Model, int Clients), LatencyRow> _latencies;
    private readonly ILookup<(string Model, string Workload, int Clients), SampleRow> _samples;

    private WorkloadCases(string workload, ChartSource source)
    {
        Workload = workload;
        List<SummaryRow> summary = [.. source.Summary.Where(r => r.Workload == workload)];
        List<LatencyRow> latencies = [.. source.Latencies.Where(r => r.Workload == workload)];
        // A case that was run again has a second row, and the later one counts.
        _summary = summary
            .GroupBy(r => (r.Model, r.Clients))
            .Select(g => g.Last())
            .OrderBy(r => r.Clients)
            .ToLookup(r => r.Model);
        _latencies = latencies.ToLookup(r => (r.Model, r.Clients));
        _samples = source.Samples;
        Models = [.. summary.Select(r => r.Model).Concat(latencies.Select(r => r.Model)).Distinct()];
        Clients = [.. summary.Select(r => r.Clients).Distinct().Order()];
        LatencyClients = [.. latencies.Select(r => r.Clients).Distinct().Order()];
    }

    public string Workload { get; }
    public IReadOnlyList<string> Models { get; }
    public IReadOnlyList<int> Clients { get; }
    public IReadOnlyList<int> LatencyClients { get; }
    public IEnumerable<SummaryRow> All => Models.SelectMany(Of);

    public static IEnumerable<WorkloadCases> Of(ChartSource source) =>
        source
            .Summary.Select(r => r.Workload)
            .Concat(source.Latencies.Select(r => r.Workload))
            .Distinct()
            .Select(workload => new WorkloadCases(workload, source));

    /// <summary>The cases of a model.</summary>
    public IEnumerable<SummaryRow> Of(string model) => _summary[model];

    /// <summary>The cases at a number of clients.</summary>
    public IEnumerable<SummaryRow> At(int clients) => All.Where(row => row.Clients == clients);

    /// <summary>The latency distribution of a case, percentiles ascending.</summary>
    public IEnumerable<LatencyRow> LatenciesOf(string model, int clients) =>
        _latencies[(model, clients)].GroupBy(r => r.Percentile).Select(g => g.Last()).OrderBy(r => r.Percentile);

    /// <summary>Whether requests waited to be sent, so that response times are others than service times.</summary>
    public bool HasServiceTimes(int clients) =>
        Models
            .SelectMany(model => LatenciesOf(model, clients))
            .Any(row => row.ServiceUs is not null && row.ServiceUs != row.ResponseUs);

    /// <summary>The time series of a case; nothing where there is none.</summary>
    public IEnumerable<SampleRow> SamplesOf(string model, int clients) => _samples[(model, Workload, clients)];
}
