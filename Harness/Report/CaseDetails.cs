using System.Globalization;
using C10k.Harness.Charts;
using C10k.Harness.Results;

namespace C10k.Harness.Report;

/// <summary>What is seen of a case when its row is unfolded.</summary>
internal static class CaseDetails
{
    // The columns of summary.csv that the table itself does not show; those that a file lacks are left out.
    private static readonly string[] Further =
    [
        "error_kinds",
        "unanswered",
        "rounds",
        "windows",
        "requests",
        "clients_connected",
        "clients_served",
        "connect_p50_ms",
        "connect_p99_ms",
        "processes_max",
        "context_switches_source",
        "server_cpu_cores",
        "load_cpu_cores",
        "memory_per_client_kb",
        "pss_mb",
        "socket_memory_mb",
        "descriptors",
        "gc_collections",
        "gc_pause_ms",
        "listen_overflows",
        "listen_drops",
        "tcp_retransmits",
        "fairness",
        "schedule_lag_max_us",
        "pacing_max_us",
        "little_ratio",
        "warmup_end",
        "warmup_seconds",
        "throughput_ci_basis",
        "throughput_modes",
        "versus_baseline",
        "suspect",
    ];

    private static readonly double[] Percentiles = [50, 90, 99, 99.9, 99.99, 100];

    public static DetailsView Of(RunData data, SummaryRow row)
    {
        var key = (row.Model, row.Workload, row.Clients);
        var series = MiniPlots.Series([.. data.Samples[key]]);
        return new DetailsView(
            About(data.Describe(row.Model), data.Tree),
            MiniPlots.Rounds([.. data.Windows[key]]),
            Latency(data, row),
            series,
            series.Value is null
                ? "No time series: there are too few samples."
                : "Requests per second from sample to sample, all windows one after the other.",
            [
                .. Further
                    .Select(name => new Fact(name, data.Further.Text(row, name) ?? ""))
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
