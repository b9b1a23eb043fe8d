using System.Runtime.InteropServices;

namespace C10k.Linux;

/// <summary>linux/taskstats.h: per-process statistics over generic netlink; see the kernel's Documentation/accounting/taskstats.rst.</summary>
internal static class TaskstatsProtocol
{
    public const byte TASKSTATS_CMD_GET = 1;

    public const ushort TASKSTATS_CMD_ATTR_TGID = 2;

    public const ushort TASKSTATS_TYPE_STATS = 3;
    public const ushort TASKSTATS_TYPE_AGGR_TGID = 5;

    /// <summary>The family's name, zero-terminated.</summary>
    public static ReadOnlySpan<byte> TASKSTATS_GENL_NAME => "TASKSTATS\0"u8;
}

/// <summary>
/// The beginning of struct taskstats, with the fields that are read here. The struct is versioned and grows at its end, so these
/// offsets hold for every kernel that has the fields.
/// </summary>
[StructLayout(LayoutKind.Explicit)]
internal struct taskstats
{
    [FieldOffset(0)]
    public ushort version;

    /// <summary>Voluntary context switches.</summary>
    [FieldOffset(272)]
    public ulong nvcsw;

    /// <summary>Involuntary context switches.</summary>
    [FieldOffset(280)]
    public ulong nivcsw;
}
