using C10k.Harness.Judging;
using C10k.Harness.Planning;
using C10k.Harness.Results;
using C10k.Latency;

namespace C10k.Harness.Recording;

/// <summary>Makes the rows of <c>latency.csv</c>.</summary>
internal static class PercentileRows
{
    /// <summary>A row for each step of the response times; each of both columns is read off its own distribution.</summary>
    public static IEnumerable<LatencyRow> Of(CaseRecord record)
    {
        var service = record.MergeService();
        return PercentileStep.Walk(record.MergeLatency()).Select(step => Of(record.Case, step, service));
    }

    private static LatencyRow Of(PlannedCase planned, PercentileStep step, LatencyHistogram? service) =>
        new()
        {
            Model = planned.Model.Name,
            Workload = planned.Workload.Id,
            Clients = planned.Clients,
            Percentile = step.Percentile,
            ResponseUs = step.ValueNs / 1e3,
            ServiceUs = (service?.ValueAtPercentile(step.Percentile) ?? step.ValueNs) / 1e3,
        };
}
