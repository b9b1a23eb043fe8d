using System.Globalization;
using C10k.Harness.Charts;
using C10k.Harness.Results;

namespace C10k.Harness.Report;

/// <summary>What is seen of a case when its row is unfolded.</summary>
internal static class CaseDetails
{
    // The row, its heading and what stands small below its figures tell these.
    private static readonly string[] ToldByRow =
    [
        "model",
        "workload",
        "clients",
        "status",
        "reason",
        "throughput_ci_low_rps",
        "throughput_ci_high_rps",
        "ratio_ci_low",
        "ratio_ci_high",
    ];

    // And these the percentiles, where there are any.
    private static readonly string[] ToldByPercentiles =
    [
        "p90_us",
        "p999_us",
        "max_us",
        "service_p50_us",
        "service_p99_us",
    ];

    // Of a new column of summary.csv nobody need think here: it is shown.
    private static readonly string[] Further =
    [
        .. RowColumns<SummaryRow>.Names.Except(ToldByRow).Except(CaseColumns.All.Select(column => column.Key)),
    ];

    private static readonly double[] Percentiles = [50, 90, 99, 99.9, 99.99, 100];

    public static DetailsView Of(RunData data, SummaryRow row)
    {
        var key = (row.Model, row.Workload, row.Clients);
        var series = MiniPlots.Series([.. data.Samples[key]]);
        var latency = Latency(data, row);
        return new DetailsView(
            About(data.Describe(row.Model), data.Tree),
            MiniPlots.Rounds([.. data.Windows[key]]),
            latency,
            series,
            series.Value is null
                ? "No time series: there are too few samples."
                : "Requests per second, sample by sample.",
            [
                .. Further
                    .Except(latency.Count > 0 ? ToldByPercentiles : [])
                    .Select(name => new Fact(name, RowColumns<SummaryRow>.TextOf(row, name)))
                    .Where(fact => fact.Text.Length > 0),
            ],
            RepeatCommand.Of(row, data.Environment)
        );
    }

    private static List<Fact> About(ModelRow? model, string? tree)
    {
        Fact[] facts =
        [
            new("what it does", model?.Summary ?? ""),
            new("used by", model?.UsedBy ?? ""),
            new("limits", model?.Limits ?? ""),
            new("source", model?.Source ?? "", tree is null ? null : $"{tree}/{model?.Source}"),
        ];
        return [.. facts.Where(fact => fact.Text.Length > 0)];
    }

    // A distribution has steps of its own: the first that reaches a percentile tells it.
    private static List<PercentileView> Latency(RunData data, SummaryRow row)
    {
        var steps = data
            .Latencies.Where(step =>
                (step.Model, step.Workload, step.Clients) == (row.Model, row.Workload, row.Clients)
            )
            .OrderBy(step => step.Percentile)
            .ToList();
        return
        [
            .. from percentile in Percentiles
            let step = steps.Find(step => step.Percentile >= percentile)
            where step is not null
            select new PercentileView(
                percentile.ToString("0.##", CultureInfo.InvariantCulture) + " %",
                Time(step.ResponseUs),
                Time(step.ServiceUs)
            ),
        ];
    }

    private static string Time(double? microseconds) =>
        microseconds is { } time ? Figure.Of(time, Unit.Microseconds) : "–";
}
