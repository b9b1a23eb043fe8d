using System.Runtime.InteropServices;

namespace C10k.Linux;

/// <summary>sys/resource.h: see getrusage(2), getrlimit(2).</summary>
internal static unsafe partial class Resource
{
    public const int RUSAGE_SELF = 0;
    public const int RUSAGE_THREAD = 1;

    public const int RLIMIT_NPROC = 6;
    public const int RLIMIT_NOFILE = 7;

    public const long RLIM_INFINITY = -1;

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int getrusage(int who, rusage* usage);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int getrlimit(int resource, rlimit* limit);
}

/// <summary>struct rusage; words that nobody here reads stay unnamed.</summary>
#pragma warning disable IDE0051 // the unnamed words keep the layout
internal unsafe struct rusage
{
    public timeval ru_utime;
    public timeval ru_stime;
    public long ru_maxrss;
    private fixed long _unused[11];
    public long ru_nvcsw;
    public long ru_nivcsw;
}
#pragma warning restore IDE0051

/// <summary>struct timeval.</summary>
internal struct timeval
{
    public long tv_sec;
    public long tv_usec;
}

/// <summary>struct rlimit.</summary>
internal struct rlimit
{
    public ulong rlim_cur;
    public ulong rlim_max;
}
