using System.Globalization;
using C10k.Harness.Judging;
using C10k.Harness.Results;

namespace C10k.Harness.Charts;

/// <summary>Every model in every workload, beside the baseline, at one number of clients.</summary>
public sealed record HeatMap(int Clients, string Baseline, IReadOnlyList<string> Workloads, IReadOnlyList<HeatRow> Rows)
{
    /// <summary>One for each number of clients; none with a single workload, of which the ranking table says it all.</summary>
    internal static IReadOnlyList<HeatMap> Of(ChartSource source)
    {
        string[] workloads = [.. source.Summary.Select(row => row.Workload).Distinct()];
        string[] models = [.. source.Summary.Select(row => row.Model).Distinct()];
        return workloads.Length < 2 || source.Baseline is not { } baseline
            ? []
            :
            [
                .. from rows in source.Summary.GroupBy(row => row.Clients)
                orderby rows.Key
                select Of(rows, baseline, workloads, models),
            ];
    }

    private static HeatMap Of(
        IGrouping<int, SummaryRow> rows,
        string baseline,
        IReadOnlyList<string> workloads,
        IReadOnlyList<string> models
    )
    {
        // A case that was run again has a second row, and the later one counts.
        var cases = rows.GroupBy(row => (row.Model, row.Workload)).ToDictionary(g => g.Key, g => g.Last());
        return new(rows.Key, baseline, workloads, [.. models.Select(Row)]);

        HeatRow Row(string model) => new(model, [.. workloads.Select(workload => Cell(model, workload))]);

        HeatCell Cell(string model, string workload) =>
            HeatCell.Of(cases.GetValueOrDefault((model, workload)), cases.GetValueOrDefault((baseline, workload)));
    }
}

/// <summary>A model in all workloads.</summary>
public sealed record HeatRow(string Model, IReadOnlyList<HeatCell> Cells);

/// <summary>How a model does in a workload.</summary>
/// <param name="Ratio">Its throughput for each 1 of the baseline's; null where one of them is missing.</param>
/// <param name="Undecided">Nobody can say whether it differs from the baseline.</param>
/// <param name="Partial">The figure does not hold for all clients.</param>
public sealed record HeatCell(double? Ratio, bool Undecided = false, bool Partial = false)
{
    /// <summary>What is read in it.</summary>
    public string Text =>
        Ratio is { } ratio ? ratio.ToString("0.00", CultureInfo.InvariantCulture) + (Partial ? "*" : "") : "–";

    /// <summary>The number of its colour: 0 is the worst; null without a ratio.</summary>
    public int? Step => Ratio is { } ratio ? HeatScale.StepOf(ratio) : null;

    internal static HeatCell Of(SummaryRow? row, SummaryRow? baseline) =>
        row is not null && BaselineRatio.Of(row, baseline) is { } ratio
            ? new HeatCell(ratio, row.Model != baseline?.Model && IsUndecided(row), CaseNotes.IsPartial(row))
            : new HeatCell(Ratio: null);

    private static bool IsUndecided(SummaryRow row) => row.VersusBaseline is null or Difference.Undecided;
}
