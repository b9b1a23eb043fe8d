using C10k.Harness.Results;

namespace C10k.Harness.Charts;

/// <summary>How a figure of the models went in time, at one number of clients. Charts beside each other have the same seconds.</summary>
/// <param name="Id">What the figure is called in names of files.</param>
internal sealed record TimeChart(
    string Id,
    string Title,
    string AxisTitle,
    Unit Unit,
    Scale Scale,
    Func<IEnumerable<SampleRow>, IReadOnlyList<TimePoint>> Line
)
{
    public static IReadOnlyList<TimeChart> All { get; } =
    [
        new("requests", "Throughput over time", "requests per second", Unit.Count, Scale.Linear, TimeLine.Rates),
        new(
            "cpu",
            "CPU over time",
            "server's CPU cores",
            Unit.Count,
            Scale.Linear,
            samples => TimeLine.Levels(samples, sample => sample.ServerCpuCores)
        ),
        new(
            "threads",
            "Threads over time",
            "threads, all processes",
            Unit.Count,
            Scale.Logarithmic,
            samples => TimeLine.Levels(samples, sample => sample.Threads)
        ),
        new(
            "memory",
            "Memory over time",
            "resident memory",
            Unit.Megabytes,
            Scale.Logarithmic,
            samples => TimeLine.Levels(samples, sample => sample.RssMb)
        ),
    ];

    /// <summary>The chart of all models of which there are samples enough; it may have no series.</summary>
    public Chart Of(WorkloadCases cases, int clients, Func<string, string> familyOf) =>
        new()
        {
            Id = FileNames.Safe($"{cases.Workload}-time-{Id}-{clients}"),
            Title = $"{Title}, {CaseNotes.Number(clients)} clients",
            Subtitle = $"Workload {cases.Workload}",
            X = new Axis("time measured, all windows one after the other", Unit.Microseconds, Scale.Linear),
            Y = new Axis(AxisTitle, Unit, Scale),
            Series =
            [
                .. cases
                    .Models.Select(model => SeriesOf(model, familyOf(model), cases.SamplesOf(model, clients)))
                    .Where(series => series.Points.Count >= TimeLine.Fewest),
            ],
        };

    /// <summary>The same with the models that stand out alone: in a picture that stands still, two dozen lines that go up and down hide each other.</summary>
    /// <param name="first">The models that are to be seen if they are in it.</param>
    public static Chart OfFew(Chart chart, IReadOnlyList<string> first)
    {
        var few = chart.Series.OrderByDescending(series => first.Contains(series.Id)).Take(DefaultPins.Most).ToList();
        return few.Count == chart.Series.Count
            ? chart
            : chart with
            {
                Series = few,
                Notes =
                [
                    .. chart.Notes,
                    $"{few.Count} of {chart.Series.Count} models: the baseline, the best by throughput and by p99, then the best of other families.",
                ],
            };
    }

    private Series SeriesOf(string model, string family, IEnumerable<SampleRow> samples)
    {
        var line = Line(samples).Where(point => Scale == Scale.Linear || point.Value > 0).ToList();
        return new Series(
            model,
            model,
            family,
            [.. TimeLine.Thin(line).Select(point => new ChartPoint(point.Seconds * 1e6, point.Value))]
        );
    }
}
