using C10k.Contract;

namespace C10k.Nodes.Collecting;

/// <summary>What a server with a managed runtime tells of it: garbage collections and the thread pool.</summary>
internal sealed class RuntimeCollector : ICollector
{
    private const double BytesPerMb = 1024 * 1024;
    private const string Silent = "the server does not report of itself";
    private const string OneOfSeveral =
        "the server has several processes, and the first one, which alone reports of itself, is not the one that serves";

    private readonly List<MetricValue> _values = [];
    private string _name = "";
    private SelfReport? _last;

    public IReadOnlyList<string> Metrics { get; } =
    [
        MetricIds.GcCollections,
        MetricIds.GcPauseMs,
        MetricIds.AllocatedMb,
        MetricIds.ThreadPoolThreads,
        MetricIds.ThreadPoolQueue,
    ];

    public void Begin(TrialContext trial) => _name = trial.SelfReportName;

    public void Border(WindowBorder border)
    {
        // Of a server of several processes it would tell how its idle master fares.
        var now = border.Server.Processes > 1 ? null : SelfReports.Ask(_name);
        if (border.Index > 0)
            Measure(border.Index - 1, _last, now, border.Server.Processes > 1 ? OneOfSeveral : Silent);
        _last = now;
    }

    public IEnumerable<MetricValue> End() => _values;

    private void Measure(int window, SelfReport? from, SelfReport? to, string why)
    {
        Add(MetricIds.GcCollections, to?.GcCollections - from?.GcCollections);
        Add(MetricIds.GcPauseMs, to?.GcPauseMs - from?.GcPauseMs);
        Add(MetricIds.AllocatedMb, (to?.AllocatedBytes - from?.AllocatedBytes) / BytesPerMb);
        Add(MetricIds.ThreadPoolThreads, to?.ThreadPoolThreads);
        Add(MetricIds.ThreadPoolQueue, to?.ThreadPoolQueue);

        void Add(string id, double? value) =>
            _values.Add(value is { } known ? MetricValue.Of(id, window, known) : MetricValue.Missing(id, window, why));
    }
}
