using System.Runtime.CompilerServices;
using C10k.Linux;

namespace C10k.Conversations;

/// <summary>
/// Computing for so much CPU time: a number of iterations that was found out once, and no look at the clock. Two threads that share a
/// CPU therefore take twice as long, as they would with real work.
/// </summary>
public static class CpuWork
{
    private const int BatchIterations = 200_000;
    private const int Batches = 40;

    /// <summary>How many iterations take this much CPU time on this machine. Measures for some 20 ms.</summary>
    public static long Calibrate(TimeSpan cpu) =>
        cpu == TimeSpan.Zero ? 0 : Math.Max(1, (long)(cpu.TotalNanoseconds / FastestBatchNs() * BatchIterations));

    /// <summary>Computes.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static ulong Do(long iterations)
    {
        // Each step needs the result of the one before, so that the processor cannot do several at once; and the result is returned, so
        // that the compiler cannot do without.
        var x = (ulong)iterations;
        for (var i = 0L; i < iterations; i++)
            x = (x ^ (x >> 29)) * 0xBF58476D1CE4E5B9;
        return x;
    }

    // The fastest, because whatever disturbs only makes a batch slower. The clock counts the time of this thread alone.
    private static double FastestBatchNs()
    {
        var fastest = TimeSpan.MaxValue;
        for (var i = 0; i < Batches; i++)
        {
            var before = Syscall.ThreadCpuTime();
            Do(BatchIterations);
            var took = Syscall.ThreadCpuTime() - before;
            fastest = took < fastest ? took : fastest;
        }
        return fastest.TotalNanoseconds;
    }
}
