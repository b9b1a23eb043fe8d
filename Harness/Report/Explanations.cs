using C10k.Harness.Charts;

namespace C10k.Harness.Report;

/// <summary>How to read each chart, in a sentence.</summary>
internal static class Explanations
{
    public static string Of(CaseMetric metric) =>
        metric.Id switch
        {
            "throughput" => "A flat line is a server that does not mind how many clients are connected.",
            "p99" =>
                "With all clients always asking, twice the clients wait twice as long; what rises more steeply is a loss.",
            "threads" => "A line that rises with the clients is a model that gives each a thread of its own.",
            "context-switches" =>
                "One and more for each request is a server that goes to sleep and is woken for everyone.",
            "cpu" => "The fairest yardstick where the load generator is the limit.",
            "memory" =>
                "What a client adds to the server's resident memory; the kernel's socket buffers are not in it.",
            _ => "",
        };

    /// <summary>The column of the ranking table that belongs to a chart.</summary>
    public static string? ColumnOf(CaseMetric metric) =>
        metric.Id switch
        {
            "throughput" => "throughput_rps",
            "p99" => "p99_us",
            "threads" => "threads_max",
            "context-switches" => "context_switches_per_request",
            "cpu" => "server_cpu_us_per_request",
            "memory" => "rss_peak_mb",
            _ => null,
        };

    public static string Latency(WorkloadCases cases, int clients)
    {
        var differ = cases
            .Models.SelectMany(model => cases.LatenciesOf(model, clients))
            .Any(row => row.ServiceUs is not null && row.ServiceUs != row.ResponseUs);
        return "Each further nine has the same room, so the slowest requests can be seen. "
            + (
                differ
                    ? "Drawn is the response time, from when a request was meant to be sent; the service time stands in the unfolded rows."
                    : "Clients send when they have their answer, so response time and service time are the same."
            );
    }
}
