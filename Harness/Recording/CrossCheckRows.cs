using C10k.Harness.Results;
using C10k.Harness.Trials;

namespace C10k.Harness.Recording;

/// <summary>Makes the rows of <c>crosscheck.csv</c>.</summary>
internal static class CrossCheckRows
{
    /// <summary>The row of a trial; none where it was not checked, or has no figure of its own.</summary>
    public static IEnumerable<CrossCheckRow> Of(TrialResult trial)
    {
        if (trial is { Wrk: { } wrk, Windows.Count: > 0 })
            yield return Of(trial, wrk);
    }

    private static CrossCheckRow Of(TrialResult trial, WrkFigures wrk)
    {
        var own = trial.ThroughputRps;
        var latency = MeasuredWindow.MergeLatency(trial.Windows);
        var ownUs = latency.TotalCount > 0 ? Contract.LatencySummary.Of(latency) : null;
        var counted = wrk.Unavailable is null ? wrk : null;
        return new CrossCheckRow
        {
            Model = trial.Case.Model.Name,
            Workload = trial.Case.Workload.Id,
            Clients = trial.Case.Clients,
            Round = trial.Round,
            Reason = wrk.Unavailable,
            LoadgenRps = own,
            WrkRps = counted?.ThroughputRps,
            Ratio = own > 0 ? counted?.ThroughputRps / own : null,
            LoadgenP50Us = ownUs?.P50,
            LoadgenP99Us = ownUs?.P99,
            WrkP50Us = counted?.P50Us,
            WrkP99Us = counted?.P99Us,
            WrkSeconds = counted?.Seconds,
            WrkRequests = counted?.Requests,
            WrkConnectErrors = counted?.ConnectErrors,
            WrkReadErrors = counted?.ReadErrors,
            WrkWriteErrors = counted?.WriteErrors,
            WrkTimeouts = counted?.Timeouts,
            WrkOtherStatuses = counted?.OtherStatuses,
        };
    }
}
