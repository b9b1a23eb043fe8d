namespace C10k.Linux;

/// <summary>Processes: where they run, how much they may open, how they are ended.</summary>
public static unsafe partial class Syscall
{
    /// <summary>The highest number of CPUs that affinity masks are made for.</summary>
    public const int MaxCpus = 4096;

    /// <summary>The CPUs that the calling thread may run on, in order.</summary>
    public static IReadOnlyList<int> GetAffinity()
    {
        var mask = stackalloc byte[MaxCpus / 8];
        Required("sched_getaffinity", Sched.sched_getaffinity(0, MaxCpus / 8, mask));
        var cpus = new List<int>();
        for (var cpu = 0; cpu < MaxCpus; cpu++)
        {
            if ((mask[cpu / 8] >> (cpu % 8) & 1) != 0)
                cpus.Add(cpu);
        }
        return cpus;
    }

    /// <summary>Binds the calling thread, and the processes and threads it starts from now on, to these CPUs.</summary>
    /// <exception cref="SystemCallException">EINVAL: none of them is one that this process may use.</exception>
    public static void SetAffinity(IEnumerable<int> cpus) => SetAffinity(0, cpus);

    /// <summary>Binds a thread, and the processes and threads it starts from now on, to these CPUs.</summary>
    /// <param name="thread">Its id; 0 for the calling one.</param>
    /// <exception cref="SystemCallException">EINVAL: none of the CPUs is one that it may use; ESRCH: there is no such thread.</exception>
    public static void SetAffinity(int thread, IEnumerable<int> cpus)
    {
        var mask = stackalloc byte[MaxCpus / 8];
        new Span<byte>(mask, MaxCpus / 8).Clear();
        foreach (var cpu in cpus)
            mask[cpu / 8] |= (byte)(1 << (cpu % 8));
        Required("sched_setaffinity", Sched.sched_setaffinity(thread, MaxCpus / 8, mask));
    }

    /// <summary>The CPU time that the calling thread has used, in user and kernel mode.</summary>
    public static TimeSpan ThreadCpuTime() => Read(Time.CLOCK_THREAD_CPUTIME_ID);

    /// <summary>For how long the machine has slept (been suspended) since it was started; exact to the time between two looks at clocks.</summary>
    public static TimeSpan TimeAsleep()
    {
        var awake = Read(Time.CLOCK_MONOTONIC);
        return Read(Time.CLOCK_BOOTTIME) - awake;
    }

    private static TimeSpan Read(int clock)
    {
        timespec time;
        Required("clock_gettime", Time.clock_gettime(clock, &time));
        return new TimeSpan(time.tv_sec * TimeSpan.TicksPerSecond + time.tv_nsec / 100);
    }

    /// <summary>The soft and the hard limit of open files of this process.</summary>
    public static (long Soft, long Hard) DescriptorLimit()
    {
        rlimit limit;
        Required("getrlimit", Resource.getrlimit(Resource.RLIMIT_NOFILE, &limit));
        return ((long)Math.Min(limit.rlim_cur, long.MaxValue), (long)Math.Min(limit.rlim_max, long.MaxValue));
    }

    /// <summary>The id of the parent of this process.</summary>
    public static int ParentId() => Unistd.getppid();

    /// <summary>How many threads and processes this user may have, those that he has included; null where that is not bounded. Root is exempt.</summary>
    public static long? TaskLimit()
    {
        rlimit limit;
        Required("getrlimit", Resource.getrlimit(Resource.RLIMIT_NPROC, &limit));
        return (long)limit.rlim_cur == Resource.RLIM_INFINITY ? null : (long)Math.Min(limit.rlim_cur, long.MaxValue);
    }

    /// <summary>Sends a signal, such as 15 for SIGTERM, to a process. One that is gone already is no error.</summary>
    public static void Signal(int pid, int signal) => _ = Sched.kill(pid, signal);

    /// <summary>Ends a whole process group at once (SIGKILL). A group that is gone already is no error.</summary>
    public static void KillGroup(int group) => _ = Sched.kill(-group, Sched.SIGKILL);

    /// <summary>Ends a process at once (SIGKILL). A process that is gone already is no error.</summary>
    public static void Kill(int pid) => _ = Sched.kill(pid, Sched.SIGKILL);
}
