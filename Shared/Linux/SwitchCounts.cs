namespace C10k.Linux;

/// <summary>Context switches: those a thread asked for by waiting (voluntary), and those the scheduler forced on it (involuntary).</summary>
public readonly record struct SwitchCounts(long Voluntary, long Involuntary)
{
    /// <summary>Of this process so far, threads that already ended included; see getrusage(2).</summary>
    public static unsafe SwitchCounts OfThisProcess()
    {
        rusage usage;
        Syscall.Required("getrusage", Resource.getrusage(Resource.RUSAGE_SELF, &usage));
        return new SwitchCounts(usage.ru_nvcsw, usage.ru_nivcsw);
    }
}
