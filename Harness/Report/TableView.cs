using Microsoft.AspNetCore.Components;

namespace C10k.Harness.Report;

/// <summary>The cases of a workload at one number of clients, the best first.</summary>
public sealed record TableView(string Workload, int Clients, IReadOnlyList<RowView> Rows);

/// <summary>A case.</summary>
/// <param name="Id">Where links to it lead.</param>
/// <param name="Status">How it ended: <c>ok</c>, <c>skipped</c> or <c>failed</c>.</param>
/// <param name="Partial">Its figures hold for some of the clients only.</param>
/// <param name="Cells">One for each of <see cref="CaseColumns"/>, in their order.</param>
/// <param name="Details">What is seen when it is unfolded.</param>
public sealed record RowView(
    string Id,
    ModelView Model,
    string Status,
    bool Partial,
    IReadOnlyList<CellView> Cells,
    DetailsView Details
);

/// <summary>A cell.</summary>
/// <param name="Text">What is read.</param>
/// <param name="Value">What it is sorted by and copied as: the figure to nine digits, or null.</param>
/// <param name="Note">Said small below it, or nothing.</param>
/// <param name="Graphic">Drawn beside it, or nothing.</param>
public sealed record CellView(string Text, double? Value = null, string? Note = null, MarkupString Graphic = default);

/// <summary>What is seen when a row is unfolded.</summary>
/// <param name="About">What the model does.</param>
/// <param name="Rounds">Its windows as dots, a line for each round.</param>
/// <param name="Latency">Some of its percentiles.</param>
/// <param name="Series">Throughput over time.</param>
/// <param name="SeriesNote">Why there is no series, or how to read it.</param>
/// <param name="Facts">Further figures.</param>
/// <param name="Command">What repeats this case.</param>
public sealed record DetailsView(
    IReadOnlyList<Fact> About,
    MarkupString Rounds,
    IReadOnlyList<PercentileView> Latency,
    MarkupString Series,
    string SeriesNote,
    IReadOnlyList<Fact> Facts,
    string Command
);

/// <summary>A percentile of the response times and of the service times.</summary>
public sealed record PercentileView(string Percentile, string Response, string Service);
