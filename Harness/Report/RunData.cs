using C10k.Harness.Charts;
using C10k.Harness.Planning;
using C10k.Harness.Recording;
using C10k.Harness.Results;

namespace C10k.Harness.Report;

/// <summary>What the files of a run say. All may be missing but <c>summary.csv</c> or <c>latencies.csv</c>.</summary>
internal sealed class RunData
{
    private const string UnknownFamily = "unknown";

    private readonly Dictionary<string, ModelRow> _models;
    private readonly Dictionary<string, WorkloadRow> _workloads;

    private RunData(ResultsFolder folder)
    {
        Name = Path.GetFileName(folder.FullPath);
        _models = ReadIfThere<ModelRow>(folder.ModelsCsv)
            .GroupBy(row => row.Model)
            .ToDictionary(g => g.Key, g => g.Last());
        _workloads = ReadIfThere<WorkloadRow>(folder.WorkloadsCsv)
            .GroupBy(row => row.Workload)
            .ToDictionary(g => g.Key, g => g.Last());
        HasRun = File.Exists(folder.SummaryCsv);
        Summary = InOrder(ReadIfThere<SummaryRow>(folder.SummaryCsv));
        Models = [.. Summary.Select(row => row.Model).Distinct()];
        Latencies = [.. ReadIfThere<LatencyRow>(folder.LatencyCsv).Where(row => Models.Contains(row.Model))];
        Windows = ReadIfThere<WindowRow>(folder.WindowsCsv).ToLookup(row => (row.Model, row.Workload, row.Clients));
        Samples = ReadIfThere<SampleRow>(folder.SamplesCsv).ToLookup(row => (row.Model, row.Workload, row.Clients));
        Machine = ReadIfThere<MachineLatencyRow>(folder.LatenciesCsv);
        CrossChecks = ReadIfThere<CrossCheckRow>(folder.CrossCheckCsv);
        Environment = EnvironmentFacts.Read(folder.EnvironmentJson);
        Tree = FindTree(folder.FullPath, _models.Values.Select(row => row.Source).OfType<string>().FirstOrDefault());
        Families = [.. Models.Select(FamilyOf).Distinct()];
    }

    public string Name { get; }

    /// <summary>Whether the folder is that of a run, or holds the machine's latencies alone.</summary>
    public bool HasRun { get; }

    /// <summary>A row for each case, in the order of the models, whatever order they ran in.</summary>
    public IReadOnlyList<SummaryRow> Summary { get; }

    /// <summary>Of the models that have a case; what somebody has put in besides is left out.</summary>
    public IReadOnlyList<LatencyRow> Latencies { get; }
    public ILookup<(string Model, string Workload, int Clients), WindowRow> Windows { get; }
    public ILookup<(string Model, string Workload, int Clients), SampleRow> Samples { get; }

    /// <summary>What operations take on this machine; nothing where nobody asked.</summary>
    public IReadOnlyList<MachineLatencyRow> Machine { get; }

    /// <summary>What wrk counted, a row for each round of a case; nothing where it was not asked.</summary>
    public IReadOnlyList<CrossCheckRow> CrossChecks { get; }
    public EnvironmentFacts Environment { get; }

    /// <summary>Where the tree is that holds the models' sources, seen from the folder; null where the folder lies in no such tree.</summary>
    public string? Tree { get; }
    public IReadOnlyList<string> Models { get; }
    public IReadOnlyList<string> Families { get; }
    public string? Baseline => Environment["baseline"] is { } named && Models.Contains(named) ? named : null;

    public ChartSource ForCharts =>
        new()
        {
            Summary = Summary,
            Latencies = Latencies,
            Samples = Samples,
            Machine = Machine,
            FamilyOf = FamilyOf,
            ChartsOf = ChartsOf,
            Baseline = Baseline,
            Environment = Environment.Line,
        };

    /// <exception cref="CsvFormatException">A file is not what it should be.</exception>
    public static RunData Read(ResultsFolder folder) => new(folder);

    public ModelRow? Describe(string model) => _models.GetValueOrDefault(model);

    /// <summary>What a workload is; folders of before have those that came with the bench only.</summary>
    public WorkloadRow? DescribeWorkload(string id) =>
        _workloads.GetValueOrDefault(id)
        ?? (
            WorkloadCatalogue.All.FirstOrDefault(workload => workload.Id == id) is { } known
                ? WorkloadRows.Of(known)
                : null
        );

    /// <summary>The ids of the charts that show what a workload is about, the most telling first.</summary>
    public IReadOnlyList<string> ChartsOf(string workload) =>
        DescribeWorkload(workload)?.Charts?.Split('+', StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>The figure that a workload is about.</summary>
    public CaseMetric KeyOf(string workload) => ChartSet.MetricsOf(ChartsOf(workload)).First();

    public string FamilyOf(string model) => Describe(model)?.Family ?? UnknownFamily;

    private static string? FindTree(string folder, string? source)
    {
        var way = "..";
        for (
            var above = Path.GetDirectoryName(folder);
            source is not null && above is not null;
            above = Path.GetDirectoryName(above)
        )
        {
            if (File.Exists(Path.Combine(above, source)))
                return way;
            way += "/..";
        }
        return null;
    }

    // A case that was run again has a second row, and the later one counts.
    private List<SummaryRow> InOrder(IReadOnlyList<SummaryRow> rows)
    {
        var (places, workloads) = (Places(_models.Keys), Places(_workloads.Keys));
        return
        [
            .. rows.GroupBy(row => (row.Model, row.Workload, row.Clients))
                .Select(group => WithoutEmptyInterval(group.Last()))
                .OrderBy(row => workloads.GetValueOrDefault(row.Workload, int.MaxValue))
                .ThenBy(row => row.Workload, StringComparer.Ordinal)
                .ThenBy(row => row.Clients)
                .ThenBy(row => places.GetValueOrDefault(row.Model, int.MaxValue))
                .ThenBy(row => row.Model, StringComparer.Ordinal),
        ];
    }

    private static Dictionary<string, int> Places(IEnumerable<string> names) =>
        names.Select((name, place) => (name, place)).ToDictionary(pair => pair.name, pair => pair.place);

    // Versions before wrote intervals that begin at 0, where figures differed so much that there is none.
    private static SummaryRow WithoutEmptyInterval(SummaryRow row) =>
        row.ThroughputCiLowRps > 0 ? row : row with { ThroughputCiLowRps = null, ThroughputCiHighRps = null };

    private static IReadOnlyList<T> ReadIfThere<T>(string path) => File.Exists(path) ? CsvFile.Read<T>(path) : [];
}
