using C10k.Harness.Charts;
using C10k.Harness.Results;

namespace C10k.Harness.Report;

/// <summary>A column of the ranking table.</summary>
/// <param name="Key">The column of <c>summary.csv</c> that it shows.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Legend">What it means, in a sentence.</param>
/// <param name="Cell">What stands in it for a case.</param>
internal sealed record CaseColumn(string Key, string Title, string Legend, Func<CaseCells, SummaryRow, CellView> Cell)
{
    /// <summary>The best are those with the most.</summary>
    public bool HigherFirst { get; init; }

    /// <summary>It can be chosen as what the page is looked at for.</summary>
    public bool IsMetric { get; init; }
}

/// <summary>The columns of the ranking table behind the model.</summary>
internal static class CaseColumns
{
    public static IReadOnlyList<CaseColumn> All { get; } =
    [
        new(
            "rank_group",
            "rank",
            "Models that cannot be told apart share a rank; – where there were too few rounds to tell.",
            (_, row) => CaseCells.Figure(row.RankGroup, Unit.Count)
        ),
        new(
            "throughput_rps",
            "requests/s",
            "Median, and below it the ends of the 95 % interval.",
            (_, row) => CaseCells.Throughput(row)
        )
        {
            HigherFirst = true,
            IsMetric = true,
        },
        new(
            "ratio",
            "ratio",
            "Throughput for each 1 of the baseline's; the vertical line is 1, the bar the 95 % interval.",
            (cells, row) => cells.Ratio(row)
        )
        {
            HigherFirst = true,
        },
        Metric(
            "p50_us",
            "p50",
            "Half of the requests were answered within this time.",
            row => row.P50Us,
            Unit.Microseconds
        ),
        Metric(
            "p99_us",
            "p99",
            "99 of 100 requests were answered within this time.",
            row => row.P99Us,
            Unit.Microseconds
        ),
        Metric(
            "server_cpu_us_per_request",
            "CPU per request",
            "CPU time of the server for each request.",
            row => row.ServerCpuUsPerRequest,
            Unit.Microseconds
        ),
        Metric(
            "context_switches_per_request",
            "switches per request",
            "How often the kernel switched threads of the server for each request.",
            row => row.ContextSwitchesPerRequest,
            Unit.Count
        ),
        Metric(
            "threads_max",
            "threads",
            "Most threads at a time, in all processes of the server.",
            row => row.ThreadsMax,
            Unit.Count
        ),
        Metric(
            "rss_peak_mb",
            "RSS",
            "Most resident memory of all processes of the server.",
            row => row.RssPeakMb,
            Unit.Megabytes
        ),
        new(
            "errors",
            "errors",
            "Requests and connections that failed.",
            (_, row) => CaseCells.Figure(row.Errors, Unit.Count)
        ),
        new(
            "verdict",
            "verdict",
            "Why the figure is what it is, with the evidence.",
            (_, row) => CaseCells.Verdict(row)
        ),
        new(
            "spark",
            "over clients",
            "Throughput from the least to the most clients, from zero.",
            (cells, row) => cells.Spark(row)
        ),
    ];

    private static CaseColumn Metric(
        string key,
        string title,
        string legend,
        Func<SummaryRow, double?> value,
        Unit unit
    ) => new(key, title, legend, (_, row) => CaseCells.Figure(value(row), unit)) { IsMetric = true };
}
