using System.Diagnostics;
using C10k.Nodes;
using C10k.Nodes.Collecting;

namespace C10k.Tests.Support;

/// <summary>Other programs come and go: what needs a CPU for itself waits until they have left one, for as long as is reasonable.</summary>
internal static class QuietMachine
{
    // Of all CPUs together; what a test starts is not running yet.
    private const double Enough = 0.6;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>Ends when the CPUs were mostly idle for a second, or after a minute.</summary>
    public static async Task Awaited()
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < Longest; )
        {
            if (await IdleShare() > Enough)
                return;
        }
    }

    // In the second that follows; null where the kernel does not tell.
    private static async Task<double?> IdleShare()
    {
        var cpus = CpuSet.Allowed;
        var clock = Stopwatch.StartNew();
        var before = IdleTime.Read(cpus);
        await Task.Delay(Look);
        return (IdleTime.Read(cpus) - before) / (clock.Elapsed * cpus.Cpus.Count);
    }
}
