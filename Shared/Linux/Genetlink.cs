namespace C10k.Linux;

/// <summary>linux/genetlink.h: kernel families behind one netlink protocol, found by name.</summary>
internal static class Genetlink
{
    public const ushort GENL_ID_CTRL = 0x10;

    public const byte CTRL_CMD_GETFAMILY = 3;

    public const ushort CTRL_ATTR_FAMILY_ID = 1;
    public const ushort CTRL_ATTR_FAMILY_NAME = 2;
}

/// <summary>struct genlmsghdr.</summary>
internal struct genlmsghdr
{
    public byte cmd;
    public byte version;
    public ushort reserved;
}
