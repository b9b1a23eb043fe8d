namespace C10k.Harness.Report;

/// <summary>A column of the ranking table.</summary>
/// <param name="Key">The column of <c>summary.csv</c> that it shows.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Legend">What it means, in a sentence.</param>
/// <param name="HigherFirst">The best are those with the most.</param>
/// <param name="IsMetric">It can be chosen as what the page is looked at for.</param>
public sealed record CaseColumn(
    string Key,
    string Title,
    string Legend,
    bool HigherFirst = false,
    bool IsMetric = false
);

/// <summary>The columns of the ranking table behind the model.</summary>
internal static class CaseColumns
{
    public static IReadOnlyList<CaseColumn> All { get; } =
    [
        new(
            "rank_group",
            "rank",
            "Models that cannot be told apart share a rank; – where there were too few rounds to tell."
        ),
        new("throughput_rps", "requests/s", "Median, and below it the ends of the 95 % interval.", true, true),
        new(
            "ratio",
            "ratio",
            "Throughput for each 1 of the baseline's; the vertical line is 1, the bar the 95 % interval.",
            true
        ),
        new("p50_us", "p50", "Half of the requests were answered within this time.", IsMetric: true),
        new("p99_us", "p99", "99 of 100 requests were answered within this time.", IsMetric: true),
        new("server_cpu_us_per_request", "CPU per request", "CPU time of the server for each request.", IsMetric: true),
        new(
            "context_switches_per_request",
            "switches per request",
            "How often the kernel switched threads of the server for each request.",
            IsMetric: true
        ),
        new("threads_max", "threads", "Most threads at a time, in all processes of the server.", IsMetric: true),
        new("rss_peak_mb", "RSS", "Most resident memory of all processes of the server.", IsMetric: true),
        new("errors", "errors", "Requests and connections that failed."),
        new("verdict", "verdict", "Why the figure is what it is, with the evidence."),
        new("spark", "over clients", "Throughput from the least to the most clients, from zero."),
    ];
}
