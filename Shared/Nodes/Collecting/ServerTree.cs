using System.Diagnostics;
using C10k.Linux;

namespace C10k.Nodes.Collecting;

/// <summary>
/// Watches a process and all its descendants from outside, through proc(5), CPU clocks and taskstats: nothing of it needs the
/// server's help. Belongs to one thread at a time.
/// </summary>
internal sealed class ServerTree : IDisposable
{
    private readonly int _rootPid;
    private readonly ProcReader _reader;
    private readonly ProcessTree _tree;
    private readonly CpuLedger _cpu = new();
    private readonly SwitchLedger _switches = new();
    private readonly ISwitchSource? _source;
    private readonly string? _sourceUnavailable;
    private bool _anySeen;

    /// <param name="rootPid">The server; when it has ended, snapshots show no processes and keep what was counted.</param>
    /// <param name="selfReportName">The abstract socket on which it was asked to tell of itself; empty where it was not.</param>
    public ServerTree(int rootPid, string selfReportName = "")
        : this(rootPid, new ProcReader())
    {
        var server = new WatchedServer(rootPid, Port: 0, selfReportName);
        _source = SwitchSource.Choose(_reader, server, out _sourceUnavailable);
    }

    /// <summary>With a source of switches of the caller's choice.</summary>
    internal ServerTree(int rootPid, Func<ProcReader, ISwitchSource> source)
        : this(rootPid, new ProcReader())
    {
        _source = source(_reader);
    }

    private ServerTree(int rootPid, ProcReader reader)
    {
        _rootPid = rootPid;
        _reader = reader;
        _tree = new ProcessTree(rootPid, reader);
    }

    /// <summary>Looks once. See docs/metrics.md for what a look costs.</summary>
    /// <param name="withSwitches">False leaves the switches out, which are dear where the source is <see cref="SwitchSource.Proc"/>.</param>
    /// <param name="withDescriptors">False leaves the descriptors out, which are dear on kernels that do not tell their number.</param>
    public TreeSnapshot Read(bool withSwitches = true, bool withDescriptors = true)
    {
        var processes = _tree.Find();
        _anySeen |= processes.Count > 0;
        var timestamp = Stopwatch.GetTimestamp();
        foreach (var process in processes)
            _cpu.Observe(process, CpuOf(process));
        _cpu.EndPass();
        var alive = processes.Where(process => !process.Zombie);
        var (switches, unavailable) = ReadSwitches(processes, withSwitches);
        return new TreeSnapshot(
            timestamp,
            alive.Count(),
            alive.Sum(process => process.Threads),
            _cpu.Total.User,
            _cpu.Total.System,
            _cpu.Total.Total,
            alive.Sum(process => ResidentBytes(process.Pid)),
            switches,
            unavailable
        )
        {
            PageFaults = processes.Sum(process => process.PageFaults),
            MajorPageFaults = processes.Sum(process => process.MajorPageFaults),
            Descriptors = withDescriptors ? CountDescriptors(alive) : null,
        };
    }

    /// <summary>Whether reading the switches takes a file a thread.</summary>
    public bool LooksAtEachThread => _source?.LooksAtEachThread is true;

    /// <summary>Which processes there are; far cheaper than <see cref="Read"/>.</summary>
    public IReadOnlySet<int> Alive() => _tree.Alive();

    /// <summary>Closes the source of switches.</summary>
    public void Dispose() => _source?.Dispose();

    private static CpuTimes CpuOf(ProcessStat process) =>
        Syscall.TryGetCpuTime(process.Pid, out var total) ? process.Own with { Total = total } : process.Own;

    // The second field of statm; see proc_pid_statm(5).
    private long ResidentBytes(int pid)
    {
        if (!_reader.TryRead(pid, "statm"u8, out var text))
            return 0;
        var fields = new ProcFields(text);
        fields.Skip(1);
        return fields.TryNext(out var pages) ? pages * Environment.SystemPageSize : 0;
    }

    private int? CountDescriptors(IEnumerable<ProcessStat> processes)
    {
        var open = 0;
        foreach (var process in processes)
        {
            if (_reader.CountDescriptors(process.Pid) is not { } more)
                return null;
            open += more;
        }
        return open;
    }

    private (ContextSwitches?, string?) ReadSwitches(IReadOnlyList<ProcessStat> processes, bool wanted)
    {
        if (!wanted)
            return (null, "not asked for");
        if (_source is null)
            return (null, _sourceUnavailable);
        if (!_anySeen)
            return (null, $"there was no process {_rootPid}");
        foreach (var process in processes)
            _source.Read(process.Pid, _switches);
        _switches.EndPass();
        return (new ContextSwitches(_switches.Total.Voluntary, _switches.Total.Involuntary, _source.Name), null);
    }
}
