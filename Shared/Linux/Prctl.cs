using System.Runtime.InteropServices;

namespace C10k.Linux;

/// <summary>sys/prctl.h: see prctl(2).</summary>
internal static partial class Prctl
{
    public const int PR_SET_PDEATHSIG = 1;
    public const int PR_SET_TIMERSLACK = 29;
    public const int PR_SET_CHILD_SUBREAPER = 36;

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int prctl(int option, nint argument);
}
