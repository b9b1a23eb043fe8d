using System.Runtime.InteropServices;

namespace C10k.Linux;

/// <summary>A system call that must not fail did: the call and its errno by name, as in <c>bind: EADDRINUSE (Address already in use)</c>.</summary>
public sealed class SystemCallException(string call, Errno errno)
    : IOException($"{call}: {errno} ({Marshal.GetPInvokeErrorMessage((int)errno)})")
{
    /// <summary>The system call, as its man page is named.</summary>
    public string Call { get; } = call;

    /// <summary>Why it failed.</summary>
    public Errno Errno { get; } = errno;
}
