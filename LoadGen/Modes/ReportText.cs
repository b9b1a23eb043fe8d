using C10k.Contract;

namespace C10k.LoadGen.Modes;

/// <summary>A report for people.</summary>
internal static class ReportText
{
    public static string Of(LoadOptions options, LoadReport report) =>
        $"""
            {report.Connected:N0} of {report.Clients:N0} clients connected to {options.Target} in {report.ConnectSeconds:0.000} s; {report.Served:N0} were served
              requests     {report.Requests:N0} in {report.Seconds:0.000} s
              throughput   {report.ThroughputRps:N0} requests/s
              latency      p50 {Us(report.LatencyUs.P50)}   p90 {Us(report.LatencyUs.P90)}   p99 {Us(
                report.LatencyUs.P99
            )}   p99.9 {Us(report.LatencyUs.P999)}   max {Us(report.LatencyUs.Max)}
              errors       {report.Errors}
              fairness     {report.Fairness:0.000} (Jain; 1 is even)
              load's CPU   {report.CpuUsPerRequest:0.00} µs a request, {report.CpuUtilization:P0} of its threads' time
            """;

    private static string Us(double microseconds) =>
        microseconds switch
        {
            >= 1e6 => $"{microseconds / 1e6:0.00} s",
            >= 1e3 => $"{microseconds / 1e3:0.00} ms",
            _ => $"{microseconds:0.0} µs",
        };
}
