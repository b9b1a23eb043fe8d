namespace C10k.Nodes.Collecting;

/// <summary>
/// What is dear to find out, and therefore asked once, when the last window is over: memory with shared pages divided among those who
/// share them, and open descriptors.
/// </summary>
internal sealed class FootprintCollector : ICollector
{
    private const double KbPerMb = 1024;

    private readonly ProcReader _reader = new();
    private int _serverPid;

    public IReadOnlyList<string> Metrics { get; } = [MetricIds.PssMb, MetricIds.Descriptors];

    public void Begin(TrialContext trial) => _serverPid = trial.ServerPid;

    public void Border(WindowBorder border) { }

    public IEnumerable<MetricValue> End()
    {
        var tree = new ProcessTree(_serverPid, _reader).Find();
        int[] processes = [.. tree.Where(process => !process.Zombie).Select(process => process.Pid)];
        return
        [
            Sum(MetricIds.PssMb, processes, PssMb, "/proc/PID/smaps_rollup"),
            Sum(MetricIds.Descriptors, processes, CountDescriptors, "/proc/PID/fd"),
        ];
    }

    private static MetricValue Sum(string id, int[] processes, Func<int, double?> read, string file)
    {
        double?[] values = [.. processes.Select(read)];
        if (values.Length == 0)
            return MetricValue.Missing(id, MetricValue.WholeTrial, "the server had ended");
        return values.Contains(null)
            ? MetricValue.Missing(id, MetricValue.WholeTrial, $"{file} may not be read, or is not there")
            : MetricValue.Of(id, MetricValue.WholeTrial, values.Sum()!.Value);
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

    private static double? CountDescriptors(int pid)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries($"/proc/{pid}/fd").Count();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
