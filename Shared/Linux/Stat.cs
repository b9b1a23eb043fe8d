using System.Runtime.InteropServices;

namespace C10k.Linux;

/// <summary>sys/stat.h: see statx(2).</summary>
internal static unsafe partial class Stat
{
    public const int AT_FDCWD = -100;

    public const uint STATX_SIZE = 0x200;

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int statx(int directory, byte* path, int flags, uint mask, statx* found);
}

/// <summary>struct statx, with the field that is read here.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct statx
{
    [FieldOffset(40)]
    public ulong stx_size;
}
