using C10k.Nodes.Collecting;

namespace C10k.Harness.Trials;

/// <summary>What became of a server when a handler crashed.</summary>
/// <param name="Crashed">Whether anything did.</param>
/// <param name="RecoverySeconds">From the crash until the server was whole again, see <see cref="CrashWatch"/>; null where that did not happen.</param>
internal sealed record CrashOutcome(bool Crashed, double? RecoverySeconds);

/// <summary>
/// Watches the processes of a server while one of them crashes, and until the server is whole again: as many processes as before run, and
/// a new client, who comes when they do, has been served. That he alone is served proves nothing, because one of those who did not crash may serve
/// him.
/// </summary>
/// <param name="serverPid">The first process; a server that has lost it does not come back.</param>
/// <param name="replacesProcesses">Whether a process that dies is replaced; where each client has its own, it is not.</param>
/// <param name="serves">Whether a new client is served. It may take its time, as long as it returns as soon as it knows.</param>
internal sealed class CrashWatch(
    int serverPid,
    bool replacesProcesses,
    ITrialWatch watch,
    Func<bool> serves,
    TimeProvider clock
)
{
    private static readonly TimeSpan CrashWithin = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan WholeWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(1);

    /// <param name="crash">Lets it happen.</param>
    /// <exception cref="OperationCanceledException">The run was interrupted.</exception>
    public CrashOutcome Run(Action crash, CancellationToken stop)
    {
        var before = watch.Processes();
        crash();
        if (!WaitUntil(() => !before.IsSubsetOf(watch.Processes()), CrashWithin, stop))
            return new CrashOutcome(false, null);
        var crashed = clock.GetTimestamp();
        var isWhole = false;
        WaitUntil(IsOver, WholeWithin, stop);
        return new CrashOutcome(true, isWhole ? clock.GetElapsedTime(crashed).TotalSeconds : null);

        bool IsOver()
        {
            var now = watch.Processes();
            if (!now.Contains(serverPid))
                return true;
            isWhole = (!replacesProcesses || now.Count >= before.Count) && serves();
            return isWhole;
        }
    }

    private bool WaitUntil(Func<bool> happened, TimeSpan limit, CancellationToken stop)
    {
        var begin = clock.GetTimestamp();
        while (!happened())
        {
            stop.ThrowIfCancellationRequested();
            if (clock.GetElapsedTime(begin) >= limit)
                return false;
            stop.WaitHandle.WaitOne(LookEvery);
        }
        return true;
    }
}
