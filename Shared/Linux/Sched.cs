using System.Runtime.InteropServices;

namespace C10k.Linux;

/// <summary>sched.h and signal.h: see sched_setaffinity(2), kill(2), signal(2).</summary>
internal static unsafe partial class Sched
{
    public const int SIGHUP = 1;
    public const int SIGINT = 2;
    public const int SIGQUIT = 3;
    public const int SIGKILL = 9;
    public const int SIGTERM = 15;
    public const int SIGCHLD = 17;

    public const nint SIG_DFL = 0;
    public const nint SIG_IGN = 1;

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int sched_getaffinity(int pid, nuint size, byte* mask);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int sched_setaffinity(int pid, nuint size, byte* mask);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int kill(int pid, int signal);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint signal(int signal, nint handler);
}
