using C10k.Contract;
using C10k.Harness.Planning;
using C10k.Harness.Trials;
using C10k.Latency;
using C10k.Nodes.Collecting;

namespace C10k.Tests.Support;

/// <summary>Rounds as trials leave them.</summary>
internal static class Rounds
{
    /// <summary>A round with a window for each number of requests; every request took <paramref name="latencyUs"/>.</summary>
    public static TrialResult Measured(PlannedCase planned, int round, int latencyUs, params int[] requests) =>
        new(planned, round)
        {
            Connected = Connected(planned.Clients, planned.Clients),
            Windows = [.. requests.Select((count, index) => Window(planned, index, count, latencyUs))],
        };

    public static TrialResult Failed(PlannedCase planned, int round, string why) =>
        new(planned, round) { Failure = why };

    public static ConnectedAnswer Connected(int clients, int connected) =>
        new(
            clients,
            connected,
            0.1,
            connected == 0 ? new LatencySummary(0, 0, 0, 0, 0, 0) : new LatencySummary(40, 60, 900, 950, 990, 50),
            new LoadErrors { Timeout = clients - connected }
        );

    public static MetricValue Metric(string id, int window, double? value, string? source = null) =>
        new(id, window, value, value is null ? "cannot be read" : null, source);

    /// <summary>The same round with another report in every window.</summary>
    public static TrialResult With(this TrialResult round, Func<LoadReport, LoadReport> change) =>
        round with
        {
            Windows = [.. round.Windows.Select(window => window with { Report = change(window.Report) })],
        };

    private static MeasuredWindow Window(PlannedCase planned, int index, int requests, int latencyUs)
    {
        var latency = new LatencyHistogram();
        for (var i = 0; i < requests; i++)
            latency.Record(latencyUs * 1_000L);
        return new MeasuredWindow(
            index,
            new DateTimeOffset(2026, 1, 31, 12, 0, index, TimeSpan.Zero),
            Report(planned, latency),
            latency
        );
    }

    private static LoadReport Report(PlannedCase planned, LatencyHistogram latency) =>
        new()
        {
            Clients = planned.Clients,
            Connected = planned.Clients,
            Alive = planned.Clients,
            Served = latency.TotalCount > 0 ? planned.Clients : 0,
            ConnectSeconds = 0.1,
            Requests = latency.TotalCount,
            Seconds = 2,
            LatencyUs = LatencySummary.Of(latency),
            Errors = new LoadErrors(),
            Fairness = latency.TotalCount > 0 ? 1 : 0,
            CpuUsPerRequest = latency.TotalCount > 0 ? 1e6 / latency.TotalCount : 0,
            CpuUtilization = 0.5,
        };
}
