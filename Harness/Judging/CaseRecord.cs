using C10k.Contract;
using C10k.Harness.Planning;
using C10k.Harness.Trials;
using C10k.Latency;

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

    private IEnumerable<MeasuredWindow> Windows => Measured.SelectMany(round => round.Windows);

    public void Add(TrialResult round) => _rounds.Add(round);

    /// <summary>The latencies of all windows of all rounds.</summary>
    public LatencyHistogram MergeLatency() => LatencyHistogram.Sum(Windows.Select(window => window.Latency));

    /// <summary>The service times of all windows of all rounds: the latencies, where requests are sent when they are meant to be.</summary>
    public LatencyHistogram MergeService() =>
        LatencyHistogram.Sum(Windows.Select(window => window.Service ?? window.Latency));

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
