using System.Runtime.InteropServices;

namespace C10k.Linux;

/// <summary>sched.h and signal.h: see sched_setaffinity(2), kill(2).</summary>
internal static unsafe partial class Sched
{
    public const int SIGKILL = 9;
    public const int SIGTERM = 15;

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int sched_getaffinity(int pid, nuint size, byte* mask);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int sched_setaffinity(int pid, nuint size, byte* mask);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int kill(int pid, int signal);
}
