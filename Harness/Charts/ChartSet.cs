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
            Phrase = "the response time (99th percentile)",
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
            Phrase = "the number of context switches per request",
            Better = Better.Lower,
        },
        new("cpu", "CPU time of the server", "CPU time per request", Unit.Microseconds, r => r.ServerCpuUsPerRequest)
        {
            Phrase = "the CPU time per request",
            Better = Better.Lower,
        },
        new("memory", "Memory of the server", "resident memory per client", Unit.Kilobytes, r => r.MemoryPerClientKb)
        {
            Phrase = "the memory per client",
            Better = Better.Lower,
        },
        new("goodput", "Bytes of replies", "megabytes per second", Unit.Count, r => r.GoodputMbPerSecond)
        {
            Phrase = "the throughput in bytes",
            Better = Better.Higher,
        },
        new(
            "connect",
            "Connecting, 99th percentile",
            "time until connected",
            Unit.Microseconds,
            r => r.ConnectP99Ms * 1e3
        )
        {
            Phrase = "the time to connect (99th percentile)",
            Better = Better.Lower,
            IsOnRequest = true,
        },
        new("lost", "Connections lost with one handler", "connections lost", Unit.Count, r => r.ConnectionsLost)
        {
            Better = Better.Lower,
        },
    ];

    /// <summary>The metrics to draw for a workload: those it asks for first, then the others.</summary>
    /// <param name="asked">Their ids.</param>
    public static IEnumerable<CaseMetric> MetricsOf(IReadOnlyList<string> asked) =>
        asked
            .Select(id => Metrics.FirstOrDefault(metric => metric.Id == id))
            .OfType<CaseMetric>()
            .Concat(Metrics.Where(metric => !metric.IsOnRequest && !asked.Contains(metric.Id)));

    /// <summary>
    /// Per workload: a chart of each metric over the number of clients, and one of the latency distribution for each
    /// number of clients. A case that failed or was skipped has no point.
    /// </summary>
    /// <param name="summary">The cases; of two rows of one case the later counts.</param>
    /// <param name="latencies">Their latency distributions.</param>
    /// <param name="familyOf">The family of a model, by its id.</param>
    /// <param name="environment">A line that says where this was measured.</param>
    /// <param name="chartsOf">The charts that a workload asks for, by its id.</param>
    public static IReadOnlyList<Chart> Of(
        IReadOnlyList<SummaryRow> summary,
        IReadOnlyList<LatencyRow> latencies,
        Func<string, string> familyOf,
        string environment,
        Func<string, IReadOnlyList<string>>? chartsOf = null
    ) =>
        [
            .. from cases in WorkloadCases.Of(summary, latencies)
            from chart in MetricsOf(chartsOf?.Invoke(cases.Workload) ?? [])
                .Select(metric => MetricChart.Of(metric, cases, familyOf))
                .Concat(cases.LatencyClients.Select(clients => LatencyChart.Of(cases, clients, familyOf)))
            where chart.Series.Count > 0
            select chart with
            {
                Notes = [.. chart.Notes, environment],
            },
        ];
}
