namespace C10k.Linux;

/// <summary>What this process has used so far, from getrusage(2): exact, with threads that already ended.</summary>
public readonly record struct ResourceUsage(TimeSpan User, TimeSpan System)
{
    /// <summary>User and system time together.</summary>
    public TimeSpan Cpu => User + System;

    /// <summary>Of the whole process.</summary>
    public static unsafe ResourceUsage OfThisProcess()
    {
        rusage usage;
        Syscall.Required("getrusage", Resource.getrusage(Resource.RUSAGE_SELF, &usage));
        return new ResourceUsage(ToTimeSpan(usage.ru_utime), ToTimeSpan(usage.ru_stime));
    }

    private static TimeSpan ToTimeSpan(timeval value) =>
        new(value.tv_sec * TimeSpan.TicksPerSecond + value.tv_usec * 10);
}
