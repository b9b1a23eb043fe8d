using C10k.Linux;

namespace C10k.LoadGen.Clients;

/// <summary>What the calling thread has used since it began, or what it used in an interval.</summary>
/// <param name="Cpu">On a CPU.</param>
/// <param name="Waited">Ready to run, and waiting for a CPU.</param>
/// <param name="Spun">The part of <paramref name="Cpu"/> in which it did nothing but wait for a due moment.</param>
/// <param name="Allocated">Bytes of managed memory.</param>
internal readonly record struct ThreadUsage(TimeSpan Cpu, TimeSpan Waited, TimeSpan Spun, long Allocated = 0)
{
    /// <summary>So far.</summary>
    public static ThreadUsage Now(TimeSpan spun) =>
        new(Syscall.ThreadCpuTime(), Syscall.ThreadRunQueueWait(), spun, GC.GetAllocatedBytesForCurrentThread());

    /// <summary>CPU time that was put to use.</summary>
    public TimeSpan Busy => Cpu > Spun ? Cpu - Spun : TimeSpan.Zero;

    public static ThreadUsage operator -(ThreadUsage later, ThreadUsage earlier) =>
        new(
            later.Cpu - earlier.Cpu,
            later.Waited - earlier.Waited,
            later.Spun - earlier.Spun,
            later.Allocated - earlier.Allocated
        );
}
