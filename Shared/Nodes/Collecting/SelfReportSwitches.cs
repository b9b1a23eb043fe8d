using C10k.Linux;

namespace C10k.Nodes.Collecting;

/// <summary>For users whom taskstats does not answer: the server's first process tells its switches, which know its ended threads too.</summary>
internal sealed class SelfReportSwitches : ISwitchSource
{
    private readonly WatchedServer _server;
    private readonly ProcSwitches _others;
    private SwitchCounts _last;

    private SelfReportSwitches(WatchedServer server, ProcReader reader) =>
        (_server, _others) = (server, new ProcSwitches(reader));

    public string Name => SwitchSource.SelfReport;

    // Of all processes but the first.
    public bool LooksAtEachThread => true;

    /// <summary>Null where the server does not tell.</summary>
    public static SelfReportSwitches? TryOpen(WatchedServer server, ProcReader reader) =>
        Ask(server) is null ? null : new SelfReportSwitches(server, reader);

    public void Read(int pid, SwitchLedger ledger)
    {
        if (pid != _server.Pid)
        {
            _others.Read(pid, ledger);
            return;
        }
        // Where it gives no answer this once, the next one has it all.
        _last = Ask(_server) ?? _last;
        ledger.Observe(pid, _last);
    }

    public void Dispose() => _others.Dispose();

    private static SwitchCounts? Ask(WatchedServer server) =>
        SelfReports.Ask(server.SelfReportName)
            is { ContextSwitchesVoluntary: { } voluntary, ContextSwitchesInvoluntary: { } involuntary }
            ? new SwitchCounts(voluntary, involuntary)
            : null;
}
