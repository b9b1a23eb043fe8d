namespace C10k.Harness.Charts;

/// <summary>The charts of a run, made of its rows alone.</summary>
internal static class ChartSet
{
    /// <summary>The figures that have a chart over the number of clients.</summary>
    public static IReadOnlyList<CaseMetric> Metrics { get; } =
    [
        new("throughput", "Throughput", "requests per second", Unit.Count, r => r.ThroughputRps)
        {
            Explanation = "A flat line is a server that does not mind how many clients are connected.",
            Column = "throughput_rps",
            IsHeldByLoad = true,
            Better = Better.Higher,
            Low = r => r.ThroughputCiLowRps,
            High = r => r.ThroughputCiHighRps,
        },
        new("p99", "Response time, 99th percentile", "response time", Unit.Microseconds, r => r.P99Us)
        {
            Phrase = "the response time (99th percentile)",
            Explanation =
                "With all clients always asking, twice the clients wait twice as long; what rises more steeply is a loss.",
            Column = "p99_us",
            IsHeldByLoad = true,
            Better = Better.Lower,
        },
        new("threads", "Threads of the server", "most threads at a time, all processes", Unit.Count, r => r.ThreadsMax)
        {
            Explanation = "A line that rises with the clients is a model that gives each a thread of its own.",
            Column = "threads_max",
        },
        new(
            "context-switches",
            "Context switches of the server",
            "context switches per request",
            Unit.Count,
            r => r.ContextSwitchesPerRequest
        )
        {
            Phrase = "the number of context switches per request",
            Explanation = "One and more for each request is a server that goes to sleep and is woken for everyone.",
            Column = "context_switches_per_request",
            Better = Better.Lower,
        },
        new("cpu", "CPU time of the server", "CPU time per request", Unit.Microseconds, r => r.ServerCpuUsPerRequest)
        {
            Phrase = "the CPU time per request",
            Explanation = "The fairest yardstick where the load generator is the limit.",
            Column = "server_cpu_us_per_request",
            Better = Better.Lower,
        },
        new("memory", "Memory of the server", "resident memory per client", Unit.Kilobytes, r => r.MemoryPerClientKb)
        {
            Phrase = "the memory per client",
            Explanation =
                "What a client adds to the server's resident memory; the kernel's socket buffers are not in it.",
            Better = Better.Lower,
        },
        new("goodput", "Bytes of replies", "megabytes per second", Unit.Count, r => r.GoodputMbPerSecond)
        {
            Phrase = "the throughput in bytes",
            Explanation = "What the clients received of the replies, without what TCP adds.",
            IsHeldByLoad = true,
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
            Explanation = "A second and three are the kernel's: a SYN that was dropped is sent again after so long.",
            Better = Better.Lower,
            IsOnRequest = true,
        },
        new("lost", "Connections lost with one handler", "connections lost", Unit.Count, r => r.ConnectionsLost)
        {
            Explanation = "How many clients lost their connection when the handler of one of them crashed.",
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
    /// Per workload: a chart of each metric over the number of clients, and for each number of clients those of the latency distributions
    /// and of the time series; then all workloads side by side, and at last what operations take on this machine. A case that failed or was
    /// skipped has no point.
    /// </summary>
    public static IReadOnlyList<Chart> Of(ChartSource source)
    {
        var pins = DefaultPins.Of(source.Summary, source.Baseline, source.FamilyOf);
        return
        [
            .. from chart in WorkloadCases
                .Of(source)
                .SelectMany(cases => Of(cases, source, pins))
                .Concat(HeatMap.Of(source).Select(HeatChart.Of))
                .Append(MachineChart.Of(source.Machine))
            where !chart.IsEmpty
            select chart with
            {
                Notes = [.. chart.Notes, source.Environment],
            },
        ];
    }

    private static IEnumerable<Chart> Of(WorkloadCases cases, ChartSource source, IReadOnlyList<string> pins) =>
        [
            .. MetricsOf(source.ChartsOf(cases.Workload))
                .Select(metric => MetricChart.Of(metric, cases, source.FamilyOf)),
            .. cases.LatencyClients.SelectMany(clients => LatencyChart.AllOf(cases, clients, source.FamilyOf)),
            .. from clients in cases.Clients
            from time in TimeChart.All
            select time.OfFew(cases, clients, source.FamilyOf, pins),
        ];
}
