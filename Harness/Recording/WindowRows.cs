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
            ServerCpuCores = Metric(MetricIds.ServerCpuCores),
            LoadCpuCores = report.Requests > 0 ? report.CpuUsPerRequest * report.Requests / 1e6 / report.Seconds : null,
            Threads = (int?)Metric(MetricIds.Threads),
            Processes = (int?)Metric(MetricIds.Processes),
            RssMb = Metric(MetricIds.RssMb),
            ContextSwitchesVoluntary = (long?)Metric(MetricIds.VoluntarySwitches),
            ContextSwitchesInvoluntary = (long?)Metric(MetricIds.InvoluntarySwitches),
            WarmupEnd = trial.WarmedUp?.End,
            WarmupSeconds = trial.WarmedUp?.Seconds,
            StandstillSeconds = report.StandstillSeconds,
        };

        double? Metric(string id) =>
            trial.Metrics.FirstOrDefault(value => value.MetricId == id && value.Window == window.Index)?.Value;
    }
}
