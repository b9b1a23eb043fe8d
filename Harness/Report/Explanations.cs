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
            "goodput" => "What the clients received of the replies, without what TCP adds.",
            "connect" => "A second and three are the kernel's: a SYN that was dropped is sent again after so long.",
            "lost" => "How many clients lost their connection when the handler of one of them crashed.",
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
            _ => null,
        };

    public static string Of(TimeChart time) =>
        time.Id switch
        {
            "requests" =>
                "A dip is a stall: a garbage collection, a scheduler that forgot somebody, or another program.",
            "cpu" =>
                "Where throughput dips and this does too, the server waited; where this stays high, it was busy with something else.",
            "threads" => "A pool that grows while windows run has not found its size yet.",
            _ => "A line that only rises is memory that is not given back.",
        };

    public const string Service =
        "Counted from when a request was really sent: what is shorter here than above was spent waiting to be sent.";

    /// <param name="differs">Service times are others than response times.</param>
    public static string Response(bool differs) =>
        "Each further nine has the same room, so the slowest requests can be seen. "
        + (
            differs
                ? "Counted from when a request was meant to be sent, so that a server that stalls cannot hide it."
                : "Clients send when they have their answer, so response time and service time are the same."
        );
}
