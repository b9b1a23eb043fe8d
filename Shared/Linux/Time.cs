using System.Runtime.InteropServices;

namespace C10k.Linux;

/// <summary>time.h: see clock_gettime(2).</summary>
internal static unsafe partial class Time
{
    /// <summary>CPUCLOCK_SCHED of the kernel's posix-timers.h: the CPU time of a process in nanoseconds, ended threads included.</summary>
    public const int CpuClockSched = 2;

    public const int CLOCK_MONOTONIC = 1;
    public const int CLOCK_THREAD_CPUTIME_ID = 3;

    /// <summary>As <see cref="CLOCK_MONOTONIC"/>, but it goes on while the machine sleeps.</summary>
    public const int CLOCK_BOOTTIME = 7;

    /// <summary>The clock that clock_getcpuclockid(3) gives; the kernel knows it by this number.</summary>
    public static int ProcessClock(int processId) => (~processId << 3) | CpuClockSched;

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int clock_gettime(int clockid, timespec* time);
}

/// <summary>struct timespec.</summary>
internal struct timespec
{
    public long tv_sec;
    public long tv_nsec;
}
