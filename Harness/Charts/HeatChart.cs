namespace C10k.Harness.Charts;

/// <summary>The heat map of models and workloads as a chart.</summary>
internal static class HeatChart
{
    public static Chart Of(HeatMap map) =>
        new()
        {
            Id = $"heat-map-{map.Clients}",
            Title = $"Models and workloads, {CaseNotes.Number(map.Clients)} clients",
            Subtitle = $"Throughput for each 1 of {map.Baseline}'s",
            Better = Better.Higher,
            X = new Axis("workload", Unit.Nothing, Scale.Linear),
            Y = new Axis("model", Unit.Nothing, Scale.Linear),
            Series = [],
            Heat = map,
            Notes = [.. Notes([.. map.Rows.SelectMany(row => row.Cells)])],
        };

    private static IEnumerable<string> Notes(HeatCell[] cells)
    {
        if (Array.Exists(cells, cell => cell.Partial))
            yield return "With *: of the clients that were served, and not all were.";
        if (Array.Exists(cells, cell => cell.Ratio is null))
            yield return "–: not measured, or the baseline was not.";
        yield return "There is no total, because nobody runs all workloads in equal parts.";
    }
}
