using C10k.Nodes.Collecting;

namespace C10k.Harness.Trials;

/// <summary>What became of a server when a handler crashed.</summary>
/// <param name="Crashed">Whether anything did.</param>
/// <param name="RecoverySeconds">
/// From the crash until as many processes as before ran, or a new client was served; null where that did not happen.
/// </param>
internal sealed record CrashOutcome(bool Crashed, double? RecoverySeconds);

/// <summary>Watches the processes of a server while one of them crashes, and until the server is whole again.</summary>
/// <param name="serves">Whether a new client is served.</param>
internal sealed class CrashWatch(int serverPid, ITrialWatch watch, Func<bool> serves, TimeProvider clock)
{
    private static readonly TimeSpan CrashWithin = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan WholeWithin = TimeSpan.FromSeconds(3);
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
            // Whoever has lost its first process does not come back.
            if (!now.Contains(serverPid))
                return true;
            isWhole = now.Count >= before.Count || serves();
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
