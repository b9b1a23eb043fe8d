namespace C10k.Nodes.Collecting;

/// <summary>A collector whose figures follow from the snapshots at both ends of a window.</summary>
internal abstract class WindowCollector : ICollector
{
    private readonly List<MetricValue> _values = [];
    private TreeSnapshot? _last;

    public abstract IReadOnlyList<string> Metrics { get; }

    public virtual void Begin(TrialContext trial) { }

    public void Border(WindowBorder border)
    {
        if (_last is { } from)
            _values.AddRange(Judge(new SeenWindow(border.Index - 1, from, border.Server)));
        _last = border.Server;
    }

    public virtual IEnumerable<MetricValue> End() => _values;

    /// <summary>The figures of a window at both ends of which the server lived.</summary>
    protected abstract IEnumerable<MetricValue> Measure(SeenWindow window);

    private IEnumerable<MetricValue> Judge(SeenWindow window) =>
        window.From.Processes > 0 && window.To.Processes > 0
            ? Measure(window)
            : Metrics.Select(id => MetricValue.Missing(id, window.Index, "the server had ended"));
}

/// <summary>The server at both ends of a window.</summary>
internal sealed record SeenWindow(int Index, TreeSnapshot From, TreeSnapshot To);
