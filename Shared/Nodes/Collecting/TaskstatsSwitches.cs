using C10k.Linux;

namespace C10k.Nodes.Collecting;

/// <summary>One question to the kernel a process, however many threads it has.</summary>
internal sealed class TaskstatsSwitches : ISwitchSource
{
    private readonly TaskstatsConnection _kernel = new();

    /// <exception cref="SystemCallException">The kernel does not answer this user.</exception>
    public TaskstatsSwitches() =>
        Name = EndedThreads.AreCounted(_kernel) ? SwitchSource.Taskstats : SwitchSource.TaskstatsLiving;

    public string Name { get; }

    public bool LooksAtEachThread => false;

    public void Read(int pid, SwitchLedger ledger)
    {
        if (_kernel.Read(pid, out var counts) == Errno.None)
            ledger.Observe(pid, counts);
    }

    public void Dispose() => _kernel.Dispose();
}
