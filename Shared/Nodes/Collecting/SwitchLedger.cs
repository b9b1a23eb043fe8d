using C10k.Linux;

namespace C10k.Nodes.Collecting;

/// <summary>
/// Adds up the context switches of processes or threads that come and go, so that the total never runs backwards: what was seen
/// of one that has ended stays in it.
/// </summary>
internal sealed class SwitchLedger
{
    private readonly Dictionary<int, (SwitchCounts Counts, int Pass)> _last = [];
    private int _pass;

    /// <summary>All switches that were seen.</summary>
    public SwitchCounts Total { get; private set; }

    /// <summary>Notes how many switches a process or thread has made so far. Fewer than before (a zombie has none left) changes nothing.</summary>
    public void Observe(int id, SwitchCounts counts)
    {
        var before = _last.TryGetValue(id, out var last) ? last.Counts : default;
        Total = new SwitchCounts(
            Total.Voluntary + Math.Max(0, counts.Voluntary - before.Voluntary),
            Total.Involuntary + Math.Max(0, counts.Involuntary - before.Involuntary)
        );
        _last[id] = (counts, _pass);
    }

    /// <summary>Everything that lives was observed; the rest is forgotten, for its numbers will be used again.</summary>
    public void EndPass()
    {
        foreach (var (id, last) in _last)
        {
            if (last.Pass != _pass)
                _last.Remove(id);
        }
        _pass++;
    }
}
