using System.Runtime.InteropServices;

namespace C10k.Linux;

/// <summary>dirent.h: see opendir(3), readdir(3).</summary>
internal static unsafe partial class Dirent
{
    /// <summary>Where the name begins in the struct dirent of a 64-bit system: after d_ino, d_off, d_reclen and d_type.</summary>
    public const int d_name = 19;

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint opendir(byte* path);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial byte* readdir(nint directory);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int closedir(nint directory);
}
