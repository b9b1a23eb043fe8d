using C10k.Harness.Results;

namespace C10k.Harness.Charts;

/// <summary>A metric of all models over the number of clients.</summary>
internal static class MetricChart
{
    public static Chart Of(CaseMetric metric, WorkloadCases cases, Func<string, string> familyOf)
    {
        Series[] series =
        [
            .. cases
                .Models.Select(model => new Series(model, model, familyOf(model), Points(metric, cases.Of(model))))
                .Where(s => s.Points.Any(p => p.Y is not null)),
        ];
        return new Chart
        {
            Id = FileNames.Safe($"{cases.Workload}-{metric.Id}"),
            Title = metric.Title,
            Subtitle = $"Workload {cases.Workload}",
            Better = metric.Better,
            X = new Axis("clients", Unit.Count, Scale.Logarithmic, [.. cases.Clients.Select(c => (double)c)]),
            Y = new Axis(metric.AxisTitle, metric.Unit, Scale.Logarithmic),
            Series = series,
            Notes = [.. Intervals(series), .. CaseNotes.Of(cases.All)],
        };
    }

    private static ChartPoint[] Points(CaseMetric metric, IEnumerable<SummaryRow> rows) =>
        [
            .. rows.Select(r =>
                r.Status == CaseStatus.Ok
                    ? new ChartPoint(r.Clients, metric.Value(r), metric.Low(r), metric.High(r), CaseNotes.IsPartial(r))
                    : new ChartPoint(r.Clients, null)
            ),
        ];

    private static string[] Intervals(Series[] series) =>
        series.Any(s => s.Points.Any(p => p is { Y: not null, Low: not null, High: not null }))
            ? ["Bars: 95 % confidence interval, where it is wider than the marker."]
            : [];
}
