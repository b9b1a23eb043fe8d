using System.Globalization;
using C10k.Harness.Charts;
using C10k.Harness.Results;

namespace C10k.Harness.Report;

/// <summary>Every model in every workload, beside the baseline. With one workload the ranking table says it all.</summary>
internal static class HeatMap
{
    // Fixed, so that the same ratio has the same colour in every run.
    private static readonly double[] Stops = [0.25, 0.5, 0.8, 0.95, 1.05, 1.25];

    public static IReadOnlyList<HeatView> Of(RunData data, IReadOnlyDictionary<string, ModelView> models)
    {
        var workloads = data.Summary.Select(row => row.Workload).Distinct().ToList();
        return workloads.Count < 2 || data.Baseline is null
            ? []
            :
            [
                .. from rows in data.Summary.GroupBy(row => row.Clients)
                orderby rows.Key
                select Of(data, models, workloads, [.. rows]),
            ];
    }

    private static HeatView Of(
        RunData data,
        IReadOnlyDictionary<string, ModelView> models,
        List<string> workloads,
        List<SummaryRow> rows
    )
    {
        var cells = rows.GroupBy(row => row.Workload)
            .SelectMany(group => Cells(data, [.. group]))
            .ToDictionary(pair => pair.Case, pair => pair.Cell);
        var absent = new HeatCell("–", null, false);
        return new HeatView(
            rows[0].Clients,
            workloads,
            [
                .. data.Models.Select(model => new HeatRow(
                    models[model],
                    [.. workloads.Select(workload => cells.GetValueOrDefault((model, workload), absent))]
                )),
            ]
        );
    }

    private static IEnumerable<((string, string) Case, HeatCell Cell)> Cells(RunData data, List<SummaryRow> rows)
    {
        var cases = new CaseCells(data, rows);
        foreach (var row in rows)
        {
            if (cases.Ratio(row).Value is { } ratio)
                yield return ((row.Model, row.Workload), Cell(ratio, IsUndecided(data, row), CaseNotes.IsPartial(row)));
        }
    }

    private static HeatCell Cell(double ratio, bool undecided, bool partial) =>
        new(
            ratio.ToString("0.00", CultureInfo.InvariantCulture) + (partial ? "*" : ""),
            Stops.Count(stop => ratio >= stop),
            undecided
        );

    private static bool IsUndecided(RunData data, SummaryRow row) =>
        row.Model != data.Baseline && data.Further.Text(row, "versus_baseline") is null or "undecided";
}
