namespace Wirehook.Netlink.Families;

/// <summary>What a message does to its object.</summary>
public enum NetlinkAction
{
    /// <summary>Adds or changes it.</summary>
    New,

    /// <summary>Removes it.</summary>
    Delete,

    /// <summary>Asks for objects; only in requests.</summary>
    Get,
}

/// <summary>One message type of a family.</summary>
/// <param name="Type">The number in the header (<c>nlmsg_type</c>).</param>
/// <param name="Name">The kernel's name, such as <c>RTM_NEWLINK</c>.</param>
/// <param name="Action">What it does.</param>
public sealed record NetlinkMessageType(ushort Type, string Name, NetlinkAction Action);
