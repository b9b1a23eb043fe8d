using System.Diagnostics;
using C10k.Linux;

namespace C10k.Nodes.Collecting;

/// <summary>
/// How many of the CPUs of both sides were busy, whoever kept them so, and what the Harness itself used. A side that could get no CPU
/// because strangers had it is told apart in this way from one that wanted none.
/// </summary>
internal sealed class CpusCollector(Func<CpuSet, TimeSpan?> readIdle) : ICollector
{
    private readonly List<MetricValue> _values = [];
    private TrialContext? _trial;
    private Look? _last;

    public CpusCollector()
        : this(IdleTime.Read) { }

    public IReadOnlyList<string> Metrics { get; } =
    [MetricIds.ServerCpusBusy, MetricIds.LoadCpusBusy, MetricIds.HarnessCpuCores];

    public void Begin(TrialContext trial) => _trial = trial;

    public void Border(WindowBorder border)
    {
        var now = new Look(
            Stopwatch.GetTimestamp(),
            readIdle(_trial!.Cpus.Server),
            _trial.Cpus.Load is { } load ? readIdle(load) : null,
            ResourceUsage.OfThisProcess().Cpu
        );
        if (_last is { } before)
            Measure(border.Index - 1, before, now);
        _last = now;
    }

    public IEnumerable<MetricValue> End() => _values;

    private void Measure(int window, Look before, Look now)
    {
        var elapsed = Stopwatch.GetElapsedTime(before.Timestamp, now.Timestamp);
        Add(MetricIds.ServerCpusBusy, _trial!.Cpus.Server.Cpus.Count - (now.ServerIdle - before.ServerIdle) / elapsed);
        Add(MetricIds.LoadCpusBusy, _trial.Cpus.Load?.Cpus.Count - (now.LoadIdle - before.LoadIdle) / elapsed);
        Add(MetricIds.HarnessCpuCores, (now.Harness - before.Harness) / elapsed);

        void Add(string id, double? cores) =>
            _values.Add(
                cores is { } known
                    ? MetricValue.Of(id, window, Math.Max(0, known))
                    : MetricValue.Missing(id, window, "/proc/stat tells no idle time of these CPUs")
            );
    }

    private sealed record Look(long Timestamp, TimeSpan? ServerIdle, TimeSpan? LoadIdle, TimeSpan Harness);
}
