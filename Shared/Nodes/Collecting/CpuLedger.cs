namespace C10k.Nodes.Collecting;

/// <summary>
/// Adds up the CPU time of processes that come and go, so that the total never runs backwards. A child that has ended lives on
/// in its parent's figure for children it waited for. That figure is new only as far as it was not seen while the child lived;
/// whether a parent waits at all (one that ignores SIGCHLD does not) need not be known.
/// </summary>
internal sealed class CpuLedger
{
    private readonly Dictionary<int, Account> _accounts = [];
    private readonly List<Account> _ended = [];
    private int _pass;

    /// <summary>All CPU time that was seen in passes that have ended.</summary>
    public CpuTimes Total { get; private set; }

    /// <summary>Notes what a process has used so far.</summary>
    /// <param name="process">As it stands in this pass.</param>
    /// <param name="own">Its own CPU time, from the best clock there is.</param>
    public void Observe(ProcessStat process, CpuTimes own)
    {
        if (_accounts.TryGetValue(process.Pid, out var account) && account.StartTime != process.StartTime)
        {
            _ended.Add(account);
            account = null;
        }
        account ??= _accounts[process.Pid] = new Account(process.StartTime);
        account.Pass = _pass;
        account.Parent = process.Parent;
        // Of one that ends just now only the coarser clock may be left, which lags behind.
        var growth = own.GrowthSince(account.Own);
        account.Own += growth;
        Total += growth;
        account.NewlyInherited = process.Inherited.GrowthSince(account.Inherited);
        account.Inherited = process.Inherited;
    }

    /// <summary>Every process that lives was observed.</summary>
    public void EndPass()
    {
        Bury();
        foreach (var account in _accounts.Values)
        {
            var seen = account.NewlyInherited.AtMost(account.SeenOfEnded);
            account.SeenOfEnded -= seen;
            Total += account.NewlyInherited - seen;
        }
        _pass++;
    }

    private void Bury()
    {
        foreach (var account in _accounts.Values)
        {
            if (account.Pass != _pass)
                _ended.Add(account);
        }
        foreach (var account in _ended)
        {
            if (LivingAncestor(account) is { } heir)
                heir.SeenOfEnded += account.Own + account.Inherited + account.SeenOfEnded;
        }
        _ended.Clear();
        foreach (var (pid, account) in _accounts)
        {
            if (account.Pass != _pass)
                _accounts.Remove(pid);
        }
    }

    // When a whole branch has ended, it is the nearest survivor above that inherits all of it.
    private Account? LivingAncestor(Account account)
    {
        for (var steps = 0; steps < _accounts.Count && _accounts.TryGetValue(account.Parent, out var parent); steps++)
        {
            if (parent.Pass == _pass)
                return parent;
            account = parent;
        }
        return null;
    }

    private sealed class Account(long startTime)
    {
        public long StartTime { get; } = startTime;
        public int Parent { get; set; }
        public int Pass { get; set; }
        public CpuTimes Own { get; set; }
        public CpuTimes Inherited { get; set; }
        public CpuTimes NewlyInherited { get; set; }

        /// <summary>Counted while they lived; not yet found in <see cref="Inherited"/>.</summary>
        public CpuTimes SeenOfEnded { get; set; }
    }
}
