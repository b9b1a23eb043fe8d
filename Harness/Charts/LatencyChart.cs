using C10k.Harness.Results;

namespace C10k.Harness.Charts;

/// <summary>The distribution of response times of all models at one number of clients.</summary>
internal static class LatencyChart
{
    public static Chart Of(WorkloadCases cases, int clients, Func<string, string> familyOf)
    {
        Series[] series =
        [
            .. cases
                .Models.Select(model => new Series(model, model, familyOf(model), Points(cases, model, clients)))
                .Where(s => s.Points.Any(p => p.Y is not null)),
        ];
        return new Chart
        {
            Id = FileNames.Safe($"{cases.Workload}-latency-{clients}"),
            Title = $"Response times at {CaseNotes.Number(clients)} clients",
            Subtitle = $"Workload {cases.Workload}",
            Better = Better.Lower,
            X = new Axis("percentile of the requests", Unit.Percent, Scale.Percentile),
            Y = new Axis("response time", Unit.Microseconds, Scale.Logarithmic),
            Series = series,
            Notes = [.. CaseNotes.Of(cases.All.Where(r => r.Clients == clients))],
        };
    }

    private static ChartPoint[] Points(WorkloadCases cases, string model, int clients)
    {
        bool partial = cases.Of(model).Any(r => r.Clients == clients && CaseNotes.IsPartial(r));
        return
        [
            .. cases
                .LatenciesOf(model, clients)
                .Select(r => new ChartPoint(r.Percentile, r.ResponseUs, Partial: partial)),
        ];
    }
}
