namespace Wirehook.Netlink.Codec;

/// <summary>Bits of <c>nlmsg_flags</c> and the control message types (linux/netlink.h).</summary>
public static class NetlinkFlags
{
    /// <summary>NLM_F_REQUEST.</summary>
    public const ushort Request = 0x1;

    /// <summary>NLM_F_MULTI: part of an answer that NLMSG_DONE ends.</summary>
    public const ushort Multi = 0x2;

    /// <summary>NLM_F_DUMP_INTR: the kernel's state changed while it was dumped.</summary>
    public const ushort DumpInterrupted = 0x10;

    /// <summary>NLM_F_REPLACE: an existing object was replaced.</summary>
    public const ushort Replace = 0x100;

    /// <summary>NLM_F_DUMP in requests.</summary>
    public const ushort Dump = 0x300;

    /// <summary>NLM_F_CREATE.</summary>
    public const ushort Create = 0x400;

    /// <summary>NLM_F_APPEND: added behind objects of the same key.</summary>
    public const ushort Append = 0x800;

    /// <summary>NLMSG_NOOP.</summary>
    public const ushort NoOperation = 1;

    /// <summary>NLMSG_ERROR: an error or acknowledgement.</summary>
    public const ushort Error = 2;

    /// <summary>NLMSG_DONE: the end of a dump.</summary>
    public const ushort Done = 3;

    /// <summary>NLMSG_OVERRUN: messages were lost.</summary>
    public const ushort Overrun = 4;

    /// <summary>Types below are control messages (NLMSG_MIN_TYPE).</summary>
    public const ushort FirstMessageType = 16;
}
