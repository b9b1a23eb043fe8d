using C10k.Linux;

namespace C10k.Nodes.Collecting;

/// <summary>
/// Finds out whether this kernel's taskstats keeps the switches of threads that have ended. For most of its history it did not; the
/// change ("taskstats: retain dead thread stats in TGID queries") has come to stable kernels too, so that no version tells. It is
/// tried out once, on this process, for which getrusage(2) knows the truth.
/// </summary>
internal static class EndedThreads
{
    private static readonly TimeSpan GoneWithin = TimeSpan.FromSeconds(2);
    private static readonly Lock Once = new();
    private static bool? _counted;

    public static bool AreCounted(TaskstatsConnection kernel)
    {
        lock (Once)
            return _counted ??= Try(kernel);
    }

    private static bool Try(TaskstatsConnection kernel)
    {
        EndOneThread();
        // In this order: what other threads do in between can only help taskstats.
        var truth = SwitchCounts.OfThisProcess();
        return kernel.Read(Environment.ProcessId, out var told) == Errno.None && told.Voluntary >= truth.Voluntary;
    }

    // Enough switches to stand out against the few that happen between two readings.
    private static void EndOneThread()
    {
        var path = "";
        var thread = new Thread(() =>
        {
            path = File.ResolveLinkTarget("/proc/thread-self", returnFinalTarget: false)!.FullName;
            for (var i = 0; i < 20; i++)
                Thread.Sleep(TimeSpan.FromTicks(1));
        });
        thread.Start();
        thread.Join();
        // Joining waits for the managed thread; the kernel's is gone a little later.
        SpinWait.SpinUntil(() => !Directory.Exists(path), GoneWithin);
    }
}
