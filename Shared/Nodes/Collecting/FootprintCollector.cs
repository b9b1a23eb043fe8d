namespace C10k.Nodes.Collecting;

/// <summary>
/// What is dear to find out, and therefore asked once, when the last window is over: memory with shared pages divided among those who
/// share them.
/// </summary>
internal sealed class FootprintCollector : ICollector
{
    private const double KbPerMb = 1024;

    private readonly ProcReader _reader = new();
    private int _serverPid;

    public IReadOnlyList<string> Metrics { get; } = [MetricIds.PssMb];

    public void Begin(TrialContext trial) => _serverPid = trial.ServerPid;

    public void Border(WindowBorder border) { }

    public IEnumerable<MetricValue> End()
    {
        var tree = new ProcessTree(_serverPid, _reader).Find();
        double?[] values = [.. tree.Where(process => !process.Zombie).Select(process => PssMb(process.Pid))];
        return [Sum(values)];
    }

    private static MetricValue Sum(double?[] values)
    {
        if (values.Length == 0)
            return MetricValue.Missing(MetricIds.PssMb, MetricValue.WholeTrial, "the server had ended");
        return values.Contains(null)
            ? MetricValue.Missing(
                MetricIds.PssMb,
                MetricValue.WholeTrial,
                "/proc/PID/smaps_rollup may not be read, or is not there"
            )
            : MetricValue.Of(MetricIds.PssMb, MetricValue.WholeTrial, values.Sum()!.Value);
    }

    // A line "Pss:    1234 kB"; see proc_pid_smaps(5).
    private double? PssMb(int pid)
    {
        if (!_reader.TryRead(pid, "smaps_rollup"u8, out var text))
            return null;
        var at = text.IndexOf("\nPss:"u8);
        var known = new ProcFields(text[Math.Max(0, at)..]);
        known.Skip(1);
        return at >= 0 && known.TryNext(out var kb) ? kb / KbPerMb : null;
    }
}
