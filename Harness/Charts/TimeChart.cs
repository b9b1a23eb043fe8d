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
    /// <summary>How to read it, in a sentence.</summary>
    public required string Explanation { get; init; }

    public static IReadOnlyList<TimeChart> All { get; } =
    [
        new("requests", "Throughput over time", "requests per second", Unit.Count, Scale.Linear, TimeLine.Rates)
        {
            Explanation =
                "A dip is a stall: a garbage collection, a scheduler that forgot somebody, or another program.",
        },
        new(
            "cpu",
            "CPU over time",
            "server's CPU cores",
            Unit.Count,
            Scale.Linear,
            samples => TimeLine.Levels(samples, sample => sample.ServerCpuCores)
        )
        {
            Explanation =
                "Where throughput dips and this does too, the server waited; where this stays high, it was busy with something else.",
        },
        new(
            "threads",
            "Threads over time",
            "threads, all processes",
            Unit.Count,
            Scale.Logarithmic,
            samples => TimeLine.Levels(samples, sample => sample.Threads)
        )
        {
            Explanation = "A pool that grows while windows run has not found its size yet.",
        },
        new(
            "memory",
            "Memory over time",
            "resident memory",
            Unit.Megabytes,
            Scale.Logarithmic,
            samples => TimeLine.Levels(samples, sample => sample.RssMb)
        )
        {
            Explanation = "A line that only rises is memory that is not given back.",
        },
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
                .. from row in cases.At(clients)
                where row.Status == CaseStatus.Ok
                let series = SeriesOf(row, familyOf(row.Model), cases.SamplesOf(row.Model, clients))
                where series.Points.Count >= TimeLine.Fewest
                select series,
            ],
        };

    /// <summary>
    /// The same with the models that stand out alone: in a picture that stands still, two dozen lines that go up and down hide each other.
    /// It says what it leaves out.
    /// </summary>
    /// <param name="first">The models that are to be seen if they are in it.</param>
    public Chart OfFew(WorkloadCases cases, int clients, Func<string, string> familyOf, IReadOnlyList<string> first)
    {
        var all = Of(cases, clients, familyOf);
        var few = all.Series.OrderByDescending(series => first.Contains(series.Id)).Take(DefaultPins.Most).ToList();
        var drawn = few.Select(series => series.Id).ToHashSet();
        var rows = cases.At(clients).Where(row => row.Status != CaseStatus.Ok || drawn.Contains(row.Model));
        return all with
        {
            Series = few,
            Notes = [.. Choice(few, all), .. TooShort(all, cases, clients), .. CaseNotes.Of(rows)],
        };
    }

    /// <summary>Says which models were measured and have no line in a chart; nothing where there are none.</summary>
    public static IEnumerable<string> TooShort(Chart chart, WorkloadCases cases, int clients)
    {
        var drawn = chart.Series.Select(series => series.Id).ToHashSet();
        var missing = cases
            .At(clients)
            .Where(row => row.Status == CaseStatus.Ok && !drawn.Contains(row.Model))
            .ToList();
        if (missing.Count > 0)
            yield return $"Too few samples for a line, which takes {TimeLine.Fewest}: {string.Join(", ", missing.Select(row => row.Model))}.";
    }

    private static IEnumerable<string> Choice(IReadOnlyList<Series> few, Chart all)
    {
        if (few.Count < all.Series.Count)
            yield return $"{few.Count} of {all.Series.Count} models: the baseline, the best by throughput and by p99, then the best of other families.";
    }

    private Series SeriesOf(SummaryRow row, string family, IEnumerable<SampleRow> samples)
    {
        var partial = CaseNotes.IsPartial(row);
        var line = Line(samples).Where(point => Scale == Scale.Linear || point.Value > 0).ToList();
        return new Series(
            row.Model,
            row.Model,
            family,
            [.. TimeLine.Thin(line).Select(point => new ChartPoint(point.Seconds * 1e6, point.Value, Partial: partial))]
        );
    }
}
