using C10k.Harness.Results;

namespace C10k.Harness.Charts;

/// <summary>The charts of a run, made of its rows alone.</summary>
internal static class ChartSet
{
    /// <summary>The figures that have a chart over the number of clients.</summary>
    public static IReadOnlyList<CaseMetric> Metrics { get; } =
    [
        new("throughput", "Throughput", "requests per second", Unit.Count, r => r.ThroughputRps)
        {
            Better = Better.Higher,
            Low = r => r.ThroughputCiLowRps,
            High = r => r.ThroughputCiHighRps,
        },
        new("p99", "Response time, 99th percentile", "response time", Unit.Microseconds, r => r.P99Us)
        {
            Better = Better.Lower,
        },
        new("threads", "Threads of the server", "most threads at a time, all processes", Unit.Count, r => r.ThreadsMax),
        new(
            "context-switches",
            "Context switches of the server",
            "context switches per request",
            Unit.Count,
            r => r.ContextSwitchesPerRequest
        )
        {
            Better = Better.Lower,
        },
        new("cpu", "CPU time of the server", "CPU time per request", Unit.Microseconds, r => r.ServerCpuUsPerRequest)
        {
            Better = Better.Lower,
        },
        new("memory", "Memory of the server", "resident memory per client", Unit.Kilobytes, r => r.MemoryPerClientKb)
        {
            Better = Better.Lower,
        },
    ];

    /// <summary>
    /// Per workload: a chart of each metric over the number of clients, and one of the latency distribution for each
    /// number of clients. A case that failed or was skipped has no point.
    /// </summary>
    /// <param name="summary">The cases; of two rows of one case the later counts.</param>
    /// <param name="latencies">Their latency distributions.</param>
    /// <param name="familyOf">The family of a model, by its id.</param>
    /// <param name="environment">A line that says where this was measured.</param>
    public static IReadOnlyList<Chart> Of(
        IReadOnlyList<SummaryRow> summary,
        IReadOnlyList<LatencyRow> latencies,
        Func<string, string> familyOf,
        string environment
    ) =>
        [
            .. from cases in WorkloadCases.Of(summary, latencies)
            from chart in Metrics
                .Select(metric => MetricChart.Of(metric, cases, familyOf))
                .Concat(cases.LatencyClients.Select(clients => LatencyChart.Of(cases, clients, familyOf)))
            where chart.Series.Count > 0
            select chart with
            {
                Notes = [.. chart.Notes, environment],
            },
        ];
}
