using System.Runtime.InteropServices;

namespace C10k.Linux;

/// <summary>sys/stat.h: see statx(2), inode(7).</summary>
internal static unsafe partial class Stat
{
    public const int AT_FDCWD = -100;
    public const int AT_SYMLINK_NOFOLLOW = 0x100;
    public const uint STATX_SIZE = 0x200;
    public const uint STATX_BASIC_STATS = 0x7ff;
    public const int S_IFMT = 0xf000;
    public const int S_IFDIR = 0x4000;
    public const int S_IWGRP = 0x10;
    public const int S_IWOTH = 0x2;

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int statx(int folder, byte* path, int flags, uint mask, statx* status);
}

/// <summary>struct statx, with the fields that are read here.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct statx
{
    [FieldOffset(20)]
    public uint stx_uid;

    [FieldOffset(28)]
    public ushort stx_mode;

    [FieldOffset(40)]
    public ulong stx_size;
}
