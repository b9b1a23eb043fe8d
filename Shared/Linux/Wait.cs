using System.Runtime.InteropServices;

namespace C10k.Linux;

/// <summary>sys/wait.h: see wait(2).</summary>
internal static unsafe partial class Wait
{
    public const int P_ALL = 0;

    public const int WNOHANG = 1;
    public const int WEXITED = 4;
    public const int WNOWAIT = 0x01000000;

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int waitpid(int pid, int* status, int options);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int waitid(int idtype, int id, siginfo_t* info, int options);
}

/// <summary>siginfo_t as waitid fills it in; words that nobody here reads stay unnamed.</summary>
#pragma warning disable IDE0051 // the unnamed words keep the layout
internal unsafe struct siginfo_t
{
    private fixed int _before[4];
    public int si_pid;
    private fixed int _after[27];
}
#pragma warning restore IDE0051
