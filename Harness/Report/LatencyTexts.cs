namespace C10k.Harness.Report;

/// <summary>How to read the charts of latencies, in a sentence each.</summary>
internal static class LatencyTexts
{
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
