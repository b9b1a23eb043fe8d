using C10k.Harness.Charts;

namespace C10k.Harness.Report;

/// <summary>How to read each chart, in a sentence.</summary>
internal static class Explanations
{
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
