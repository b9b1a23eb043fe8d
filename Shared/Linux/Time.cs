namespace C10k.Linux;

/// <summary>struct timespec, see time.h.</summary>
internal struct timespec
{
    public long tv_sec;
    public long tv_nsec;
}
