using System.Runtime.InteropServices;

namespace C10k.Linux;

/// <summary>sys/stat.h: see statx(2), inode(7).</summary>
internal static unsafe partial class Stat
{
    public const int AT_FDCWD = -100;
    public const int AT_SYMLINK_NOFOLLOW = 0x100;
    public const uint STATX_BASIC_STATS = 0x7ff;
    public const int S_IFMT = 0xf000;
    public const int S_IFDIR = 0x4000;
    public const int S_IWGRP = 0x10;
    public const int S_IWOTH = 0x2;

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int statx(int folder, byte* path, int flags, uint mask, statx* status);
}

/// <summary>struct statx; what nobody here reads stays unnamed.</summary>
#pragma warning disable IDE0051 // the unnamed words keep the layout
internal unsafe struct statx
{
    public uint stx_mask;
    public uint stx_blksize;
    public ulong stx_attributes;
    public uint stx_nlink;
    public uint stx_uid;
    public uint stx_gid;
    public ushort stx_mode;
    private ushort _spare;
    private fixed ulong _unused[28];
}
#pragma warning restore IDE0051
