namespace C10k.Nodes.Collecting;

/// <summary>
/// What was lost on the way to the server: connections that found no room in the queue of the listening socket, and segments
/// that had to be sent again. The kernel counts them for a network namespace, not for a process.
/// </summary>
internal sealed class AcceptPathCollector : ICollector
{
    private static readonly Counter[] Counters =
    [
        new(MetricIds.ListenOverflows, "netstat", "TcpExt", "ListenOverflows"),
        new(MetricIds.ListenDrops, "netstat", "TcpExt", "ListenDrops"),
        new(MetricIds.TcpRetransmits, "snmp", "Tcp", "RetransSegs"),
    ];

    private readonly Func<string, string?> _readFile;
    private readonly long?[] _first = new long?[Counters.Length];
    private readonly long?[] _last = new long?[Counters.Length];
    private string _folder = "";

    public AcceptPathCollector()
        : this(ReadFile) { }

    /// <summary>With files of the caller's choice; null stands for one that cannot be read.</summary>
    internal AcceptPathCollector(Func<string, string?> readFile) => _readFile = readFile;

    public IReadOnlyList<string> Metrics { get; } =
    [MetricIds.ListenOverflows, MetricIds.ListenDrops, MetricIds.TcpRetransmits];

    public void Begin(TrialContext trial)
    {
        _folder = $"/proc/{trial.ServerPid}/net";
        ReadInto(_first);
    }

    // Read each time, for a server that ends takes its folder with it.
    public void Border(WindowBorder border) => ReadInto(_last);

    public IEnumerable<MetricValue> End()
    {
        ReadInto(_last);
        return Counters.Select(
            (counter, i) =>
                _last[i] - _first[i] is { } growth
                    ? MetricValue.Of(counter.MetricId, MetricValue.WholeTrial, growth)
                    : MetricValue.Missing(
                        counter.MetricId,
                        MetricValue.WholeTrial,
                        $"{_folder}/{counter.File} tells no {counter.Group} {counter.Name}"
                    )
        );
    }

    private void ReadInto(long?[] values)
    {
        for (var i = 0; i < Counters.Length; i++)
        {
            var counter = Counters[i];
            if (_readFile($"{_folder}/{counter.File}") is { } text)
                values[i] = NetworkCounters.Find(text, counter.Group, counter.Name);
        }
    }

    private static string? ReadFile(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private sealed record Counter(string MetricId, string File, string Group, string Name);
}
