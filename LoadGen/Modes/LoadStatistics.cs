using C10k.Contract;

namespace C10k.LoadGen.Modes;

/// <summary>A report for crank's agent: what a table of a run should show, and not every figure there is.</summary>
internal static class LoadStatistics
{
    public static JobStatistics Of(LoadReport report, DateTimeOffset now)
    {
        var statistics = new JobStatistics("C10k Bench LoadGen", now)
            .Add("c10k/load/throughput_rps", "Requests/s", report.ThroughputRps)
            .Add("c10k/load/requests", "Requests", report.Requests)
            .Add("c10k/load/clients_connected", "Clients: connected", report.Connected)
            .Add("c10k/load/clients_served", "Clients: served", report.Served)
            .Add("c10k/load/errors", "Errors", report.Errors.Total)
            .Add("c10k/load/unanswered", "Requests without a reply", report.Unanswered);
        // The percentiles of several load generators cannot be put together: the worst one's stand for all.
        foreach (var (name, title, us) in Latencies(report.LatencyUs))
            statistics.Add($"c10k/load/{name}_us", $"Latency: {title} (µs)", us, JobOperation.Max, "n1");
        return statistics
            .Add(
                "c10k/load/cpu_us_per_request",
                "LoadGen: CPU time a request (µs)",
                report.CpuUsPerRequest,
                JobOperation.Avg,
                "n2"
            )
            .Add("c10k/load/cpu_percent", "LoadGen: CPU (%)", report.CpuUtilization * 100, JobOperation.Max)
            .Add("c10k/load/load_bound", "LoadGen was the limit (1: yes)", report.LoadBound ? 1 : 0, JobOperation.Max);
    }

    private static IEnumerable<(string Name, string Title, double Us)> Latencies(LatencySummary latency) =>
        [
            ("p50", "median", latency.P50),
            ("p90", "90 %", latency.P90),
            ("p99", "99 %", latency.P99),
            ("p999", "99.9 %", latency.P999),
            ("max", "longest", latency.Max),
            ("mean", "mean", latency.Mean),
        ];
}
