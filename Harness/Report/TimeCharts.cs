using C10k.Harness.Charts;
using C10k.Harness.Results;

namespace C10k.Harness.Report;

/// <summary>How the figures of the models went in time, at one number of clients. Charts beside each other have the same seconds.</summary>
internal static class TimeCharts
{
    private static readonly Part[] Parts =
    [
        new(
            "requests",
            "Throughput over time",
            "requests per second",
            Unit.Count,
            Scale.Linear,
            "A dip is a stall: a garbage collection, a scheduler that forgot somebody, or another program.",
            TimeLine.Rates
        ),
        new(
            "cpu",
            "CPU over time",
            "server's CPU cores",
            Unit.Count,
            Scale.Linear,
            "Where throughput dips and this does too, the server waited; where this stays high, it was busy with something else.",
            samples => TimeLine.Levels(samples, sample => sample.ServerCpuCores)
        ),
        new(
            "threads",
            "Threads over time",
            "threads, all processes",
            Unit.Count,
            Scale.Logarithmic,
            "A pool that grows while windows run has not found its size yet.",
            samples => TimeLine.Levels(samples, sample => sample.Threads)
        ),
        new(
            "memory",
            "Memory over time",
            "resident memory",
            Unit.Megabytes,
            Scale.Logarithmic,
            "A line that only rises is memory that is not given back.",
            samples => TimeLine.Levels(samples, sample => sample.RssMb)
        ),
    ];

    /// <summary>The charts of which there are samples enough; none where there are too few.</summary>
    public static IEnumerable<(Chart Chart, string Explanation)> Of(RunData data, string workload, int clients) =>
        from part in Parts
        let series = data
            .Models.Select(model => LineOf(data, part, (model, workload, clients)))
            .OfType<Series>()
            .ToList()
        where series.Count > 0
        select (
            new Chart
            {
                Id = $"{workload}-time-{part.Id}-{clients}",
                Title = part.Title,
                X = new Axis("time measured, all windows one after the other", Unit.Microseconds, Scale.Linear),
                Y = new Axis(part.Axis, part.Unit, part.Scale),
                Series = series,
            },
            part.Explanation
        );

    private static Series? LineOf(RunData data, Part part, (string Model, string Workload, int Clients) key)
    {
        var line = part.Line(data.Samples[key]).Where(point => part.Scale == Scale.Linear || point.Value > 0).ToList();
        return line.Count < TimeLine.Fewest
            ? null
            : new Series(
                key.Model,
                key.Model,
                data.FamilyOf(key.Model),
                [.. TimeLine.Thin(line).Select(point => new ChartPoint(point.Seconds * 1e6, point.Value))]
            );
    }

    private sealed record Part(
        string Id,
        string Title,
        string Axis,
        Unit Unit,
        Scale Scale,
        string Explanation,
        Func<IEnumerable<SampleRow>, IReadOnlyList<TimePoint>> Line
    );
}
