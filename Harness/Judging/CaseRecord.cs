using C10k.Contract;
using C10k.Harness.Planning;
using C10k.Harness.Trials;
using C10k.Latency;
using C10k.Nodes.Collecting;

namespace C10k.Harness.Judging;

/// <summary>All rounds of one case that were run so far.</summary>
internal sealed class CaseRecord(PlannedCase planned)
{
    private readonly List<TrialResult> _rounds = [];

    public PlannedCase Case => planned;

    public IReadOnlyList<TrialResult> Rounds => _rounds;

    public IEnumerable<TrialResult> Measured => _rounds.Where(round => round.Failure is null);

    public IEnumerable<LoadReport> Reports => Windows.Select(window => window.Report);

    /// <summary>Requests a second of every slice of every window.</summary>
    public IEnumerable<double> SliceRates => Windows.SelectMany(window => Rates(window.Samples));

    /// <summary>The CPU that the server used in every window.</summary>
    public IEnumerable<ServerCpu> ServerCpu =>
        from round in Measured
        from window in round.Windows
        let cores = round.Metric(MetricIds.ServerCpuCores, window)
        select new ServerCpu(cores, window.Report.Seconds, window.Report.Requests);

    private IEnumerable<MeasuredWindow> Windows => Measured.SelectMany(round => round.Windows);

    public void Add(TrialResult round) => _rounds.Add(round);

    /// <summary>The latencies of all windows of all rounds.</summary>
    public LatencyHistogram MergeLatency() => MeasuredWindow.MergeLatency(Windows);

    /// <summary>The service times of all windows of all rounds; null where they are the latencies, as in a closed loop.</summary>
    public LatencyHistogram? MergeService() => MeasuredWindow.MergeService([.. Windows]);

    private static IEnumerable<double> Rates(IReadOnlyList<Sample> samples)
    {
        var before = new Sample(0, 0, null);
        foreach (var sample in samples.Where(sample => sample.Seconds > 0))
        {
            yield return (sample.Requests - before.Requests) / (sample.Seconds - before.Seconds);
            before = sample;
        }
    }
}
