using System.Text;
using C10k.Contract;
using C10k.LoadGen.Arrivals;

namespace C10k.LoadGen.Modes;

/// <summary>A report for people.</summary>
internal static class ReportText
{
    public static string Of(LoadOptions options, LoadReport report)
    {
        var text = new StringBuilder();
        text.Append(
            $"{report.Connected:N0} of {report.Clients:N0} clients connected to {options.Target} in {report.ConnectSeconds:0.000} s; "
        );
        text.Append($"{report.Served:N0} were served");
        Row("requests", $"{report.Requests:N0} in {report.Seconds:0.000} s");
        if (report.StandstillSeconds > 0)
            Row(
                "stood still",
                $"{report.StandstillSeconds:0.0} s: the load was halted, had no CPU, or slept with the machine"
            );
        Row("throughput", $"{report.ThroughputRps:N0} requests/s{Intended(options)}");
        var isScheduled = options.Pace.Kind == PaceKind.Scheduled;
        Row(isScheduled ? "response" : "latency", Of(report.LatencyUs));
        if (isScheduled)
        {
            Row("service", Of(report.ServiceLatencyUs));
            Row("lag", $"{Of(report.ScheduleLagUs)} (sent later than intended)");
        }
        if (options.RequestsPerConnection > 0)
            Row("connects", $"{report.Connections:N0}: {Of(report.ConnectUs)}");
        Row("errors", $"{report.Errors}{Named(report.Errnos)}");
        if (report.Unanswered > 0)
            Row("unanswered", $"{report.Unanswered:N0} at the end");
        if (report.LostRequests > 0)
            Row("lost", $"{report.LostRequests:N0} requests, with their connections");
        if (report.NotSent > 0)
            Row("not sent", $"{report.NotSent:N0} requests, due after their clients had lost their connections");
        var each = report.RepliesPerClient;
        Row(
            "fairness",
            $"{report.Fairness:0.000} (Jain; 1 is even), {each.Fewest:N0} to {each.Most:N0} replies a client"
        );
        Row(
            "load's CPU",
            $"{report.CpuUsPerRequest:0.00} µs a request, {report.CpuUtilization:P0} of its threads' time"
        );
        if (report.LoadBoundReason is { } reason)
            Row("load-bound", $"{reason}: the server could do more");
        return text.ToString();

        void Row(string name, string value) => text.Append($"\n  {name, -12} {value}");
    }

    /// <summary>A time as people read it, from microseconds.</summary>
    public static string Us(double microseconds) =>
        microseconds switch
        {
            >= 1e6 => $"{microseconds / 1e6:0.00} s",
            >= 1e3 => $"{microseconds / 1e3:0.00} ms",
            _ => $"{microseconds:0.0} µs",
        };

    private static string Of(LatencySummary latency) =>
        $"p50 {Us(latency.P50)}   p90 {Us(latency.P90)}   p99 {Us(latency.P99)}   p99.9 {Us(latency.P999)}   max {Us(latency.Max)}";

    private static string Intended(LoadOptions options) =>
        options.Pace.Kind == PaceKind.Scheduled ? $" of the {options.Pace.Rate:N0} that were intended" : "";

    private static string Named(IReadOnlyDictionary<string, long> errnos) =>
        errnos.Count == 0 ? "" : $" ({string.Join(", ", errnos.Select(pair => $"{pair.Value} {pair.Key}"))})";
}
