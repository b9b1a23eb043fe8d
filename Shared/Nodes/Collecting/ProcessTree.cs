namespace C10k.Nodes.Collecting;

/// <summary>
/// Finds a process and all its descendants. Once of the tree is always of the tree: a process whose parent has ended is given to
/// another one by the kernel, and would be lost to whoever looks at parents alone.
/// </summary>
internal sealed class ProcessTree(int rootPid, ProcReader reader)
{
    // The kernel lists children by the thread that started them: a file a thread. From about so many threads on it is cheaper to
    // ask every process of the machine for its parent.
    private const int MostThreadsToWalk = 256;

    // They are where the kernel is built with CONFIG_PROC_CHILDREN.
    private static readonly bool ChildrenAreListed = File.Exists("/proc/thread-self/children");

    private readonly List<ProcessStat> _found = [];
    private readonly HashSet<int> _pids = [];
    private readonly Dictionary<int, long> _startTimes = [];
    private readonly List<int> _threadIds = [];
    private readonly List<int> _processIds = [];
    private readonly List<ProcessStat> _machine = [];
    private bool _rootKnown;
    private int _threads;

    /// <summary>Those that exist now, zombies included. The list is used again by the next call.</summary>
    public IReadOnlyList<ProcessStat> Find()
    {
        var fewThreads = _threads <= MostThreadsToWalk;
        Clear();
        if (!(fewThreads && ChildrenAreListed && TryWalk()))
        {
            Clear();
            Scan();
        }
        Remember();
        return _found;
    }

    /// <summary>Those that exist now and have not ended, by their ids.</summary>
    public IReadOnlySet<int> Alive() =>
        Find().Where(process => !process.Zombie).Select(process => process.Pid).ToHashSet();

    private void Clear()
    {
        _found.Clear();
        _pids.Clear();
        _threads = 0;
    }

    private void Remember()
    {
        _startTimes.Clear();
        foreach (var process in _found)
            _startTimes[process.Pid] = process.StartTime;
        _rootKnown |= _pids.Contains(rootPid);
    }

    // From the root downwards, then from those that have lost their parents. The list grows while it is walked along.
    private bool TryWalk()
    {
        var next = 0;
        foreach (var pid in _startTimes.Keys.Prepend(rootPid))
        {
            if (!_pids.Contains(pid) && TryReadStat(pid, out var process) && IsKnown(process))
                Add(process);
            for (; next < _found.Count; next++)
            {
                if (_threads > MostThreadsToWalk)
                    return false;
                AddChildren(_found[next].Pid);
            }
        }
        return true;
    }

    private void AddChildren(int parent)
    {
        _threadIds.Clear();
        _processIds.Clear();
        reader.TryListThreads(parent, _threadIds);
        foreach (var thread in _threadIds)
        {
            if (!reader.TryRead(parent, thread, "children"u8, out var text))
                continue;
            var children = new ProcFields(text);
            while (children.TryNext(out var child))
                _processIds.Add((int)child);
        }
        foreach (var child in _processIds)
        {
            if (TryReadStat(child, out var process))
                Add(process);
        }
    }

    private void Scan()
    {
        ReadMachine();
        foreach (var process in _machine)
        {
            if (IsKnown(process))
                Add(process);
        }
        // Each turn finds at least one more generation.
        for (var before = -1; before < _found.Count; )
        {
            before = _found.Count;
            foreach (var process in _machine)
            {
                if (_pids.Contains(process.Parent))
                    Add(process);
            }
        }
    }

    private void ReadMachine()
    {
        _machine.Clear();
        _processIds.Clear();
        ProcReader.TryListProcesses(_processIds);
        foreach (var pid in _processIds)
        {
            if (TryReadStat(pid, out var process))
                _machine.Add(process);
        }
    }

    // The number alone proves nothing: it may have been given to a stranger since.
    private bool IsKnown(ProcessStat process) =>
        _startTimes.TryGetValue(process.Pid, out var startTime)
            ? startTime == process.StartTime
            : process.Pid == rootPid && !_rootKnown;

    private void Add(ProcessStat process)
    {
        if (!_pids.Add(process.Pid))
            return;
        _found.Add(process);
        _threads += process.Threads;
    }

    private bool TryReadStat(int pid, out ProcessStat process)
    {
        process = default;
        return reader.TryRead(pid, "stat"u8, out var text) && ProcessStat.TryParse(text, out process);
    }
}
