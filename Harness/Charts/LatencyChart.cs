using C10k.Harness.Results;

namespace C10k.Harness.Charts;

/// <summary>The distribution of response times, or of service times, of all models at one number of clients.</summary>
internal static class LatencyChart
{
    public static Chart Of(WorkloadCases cases, int clients, Func<string, string> familyOf) =>
        Of(cases, clients, familyOf, "latency", "response time", row => row.ResponseUs);

    /// <summary>Both, or the first alone where the second would be the same.</summary>
    public static IEnumerable<Chart> AllOf(WorkloadCases cases, int clients, Func<string, string> familyOf)
    {
        yield return Of(cases, clients, familyOf);
        if (cases.HasServiceTimes(clients))
            yield return OfService(cases, clients, familyOf);
    }

    /// <summary>The same counted from when requests were really sent, which hides the stalls before.</summary>
    public static Chart OfService(WorkloadCases cases, int clients, Func<string, string> familyOf) =>
        Of(cases, clients, familyOf, "service", "service time", row => row.ServiceUs);

    private static Chart Of(
        WorkloadCases cases,
        int clients,
        Func<string, string> familyOf,
        string id,
        string what,
        Func<LatencyRow, double?> time
    )
    {
        Series[] series =
        [
            .. cases
                .Models.Select(model => new Series(model, model, familyOf(model), Points(cases, model, clients, time)))
                .Where(s => s.Points.Any(p => p.Y is not null)),
        ];
        return new Chart
        {
            Id = FileNames.Safe($"{cases.Workload}-{id}-{clients}"),
            Title = $"{char.ToUpperInvariant(what[0])}{what[1..]}s at {CaseNotes.Number(clients)} clients",
            Subtitle = $"Workload {cases.Workload}",
            Better = Better.Lower,
            X = new Axis("percentile of the requests", Unit.Percent, Scale.Percentile),
            Y = new Axis(what, Unit.Microseconds, Scale.Logarithmic),
            Series = series,
            Notes = [.. CaseNotes.Of(cases.At(clients))],
        };
    }

    private static ChartPoint[] Points(WorkloadCases cases, string model, int clients, Func<LatencyRow, double?> time)
    {
        bool partial = cases.Of(model).Any(r => r.Clients == clients && CaseNotes.IsPartial(r));
        // The quickest request of all, percentile 0, says nothing of the others, and would often take decades of the axis.
        return
        [
            .. cases
                .LatenciesOf(model, clients)
                .Where(r => r.Percentile > 0)
                .Select(r => new ChartPoint(r.Percentile, time(r), Partial: partial)),
        ];
    }
}
