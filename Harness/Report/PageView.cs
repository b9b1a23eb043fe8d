using C10k.Harness.Charts;

namespace C10k.Harness.Report;

/// <summary>All that the page shows, in words and pixels; the components only lay it out.</summary>
/// <param name="Run">The name of the run's folder.</param>
/// <param name="IsRun">Whether servers were measured, or the machine alone.</param>
/// <param name="Date">When it began, or nothing.</param>
/// <param name="Commit">Of what, or nothing.</param>
/// <param name="EnvironmentLine">The machine in one line.</param>
/// <param name="Environment">All that is known of the machine and the run.</param>
/// <param name="Warnings">What to know before believing a figure.</param>
/// <param name="Families">Of the models, in their order.</param>
/// <param name="Models">All models of the run.</param>
/// <param name="Clients">The numbers of clients, ascending.</param>
/// <param name="Baseline">The model that ratios refer to, or null.</param>
/// <param name="Pins">The models that are pinned when the page is opened.</param>
/// <param name="Workloads">A section each.</param>
/// <param name="Heat">The tables of models and workloads, one for each number of clients; none with a single workload.</param>
/// <param name="CrossCheck">What wrk counted; null where it was not asked.</param>
/// <param name="Latencies">What operations take on this machine; none where nobody asked.</param>
public sealed record PageView(
    string Run,
    bool IsRun,
    string? Date,
    string? Commit,
    string EnvironmentLine,
    IReadOnlyList<Fact> Environment,
    IReadOnlyList<WarningView> Warnings,
    IReadOnlyList<FamilyView> Families,
    IReadOnlyList<ModelView> Models,
    IReadOnlyList<int> Clients,
    string? Baseline,
    IReadOnlyList<string> Pins,
    IReadOnlyList<WorkloadView> Workloads,
    IReadOnlyList<HeatMap> Heat,
    CrossCheckView? CrossCheck,
    IReadOnlyList<LatencyLine> Latencies
);

/// <summary>Something known, and its name.</summary>
/// <param name="Link">Where it leads, seen from the page, or nothing.</param>
public sealed record Fact(string Name, string Text, string? Link = null);

/// <summary>What to know before believing a figure, and the id of the row it is about, or null.</summary>
public sealed record WarningView(string Text, string? RowId);

/// <summary>A family: its name, and its colours on a light and on a dark page.</summary>
public sealed record FamilyView(string Name, string Colour, string ColourOnDark);

/// <summary>A model: its name, the number of its family, and the id of its marker's shape.</summary>
public sealed record ModelView(string Name, string Family, int FamilyNumber, string MarkerId);

/// <summary>What was found with one workload.</summary>
public sealed record WorkloadView(
    string Id,
    string Summary,
    string Question,
    IReadOnlyList<string> Findings,
    IReadOnlyList<TableView> Tables,
    IReadOnlyList<PlotView> Scaling,
    IReadOnlyList<PlotView> Latency,
    IReadOnlyList<TimeView> Times,
    IReadOnlyList<string> Notes
);
