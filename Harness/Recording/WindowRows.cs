using C10k.Harness.Results;
using C10k.Harness.Trials;
using C10k.Nodes.Collecting;

namespace C10k.Harness.Recording;

/// <summary>Makes the rows of <c>windows.csv</c> and <c>samples.csv</c>.</summary>
internal static class WindowRows
{
    /// <summary>The rows of <c>samples.csv</c> of the window.</summary>
    public static IEnumerable<SampleRow> SamplesOf(TrialResult trial, MeasuredWindow window) =>
        window.Samples.Select(sample => new SampleRow
        {
            Model = trial.Case.Model.Name,
            Workload = trial.Case.Workload.Id,
            Clients = trial.Case.Clients,
            Round = trial.Round,
            Window = window.Index + 1,
            Seconds = sample.Seconds,
            Requests = sample.Requests,
            Threads = sample.Server?.Threads,
            Processes = sample.Server?.Processes,
            RssMb = sample.Server?.RssMb,
            ServerCpuCores = sample.Server?.CpuCores,
        });

    public static WindowRow Of(TrialResult trial, MeasuredWindow window)
    {
        var report = window.Report;
        var latency = report.Requests > 0 ? report.LatencyUs : null;
        return new WindowRow
        {
            Model = trial.Case.Model.Name,
            Workload = trial.Case.Workload.Id,
            Clients = trial.Case.Clients,
            Round = trial.Round,
            Window = window.Index + 1,
            StartedUtc = window.StartedUtc,
            Seconds = report.Seconds,
            Requests = report.Requests,
            Errors = report.Errors.Total,
            ThroughputRps = report.ThroughputRps,
            P50Us = latency?.P50,
            P90Us = latency?.P90,
            P99Us = latency?.P99,
            P999Us = latency?.P999,
            MaxUs = latency?.Max,
            MeanUs = latency?.Mean,
            ServerCpuCores = trial.Metric(MetricIds.ServerCpuCores, window),
            LoadCpuCores = report.Seconds > 0 ? report.CpuSeconds / report.Seconds : null,
            Threads = (int?)trial.Metric(MetricIds.Threads, window),
            Processes = (int?)trial.Metric(MetricIds.Processes, window),
            RssMb = trial.Metric(MetricIds.RssMb, window),
            ContextSwitchesVoluntary = (long?)trial.Metric(MetricIds.VoluntarySwitches, window),
            ContextSwitchesInvoluntary = (long?)trial.Metric(MetricIds.InvoluntarySwitches, window),
            WarmupEnd = trial.WarmedUp?.End,
            WarmupSeconds = trial.WarmedUp?.Seconds,
            StandstillSeconds = report.StandstillSeconds,
        };
    }
}
