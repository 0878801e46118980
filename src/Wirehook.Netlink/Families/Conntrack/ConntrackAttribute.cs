namespace Wirehook.Netlink.Families.Conntrack;

/// <summary>Attributes of connections (linux/netfilter/nfnetlink_conntrack.h CTA_*); numbers within are big-endian.</summary>
internal enum ConntrackAttribute : ushort
{
    Original = 1,
    Reply = 2,
    Status = 3,
    ProtocolState = 4,
    Helper = 5,
    Timeout = 7,
    Mark = 8,
    OriginalCounters = 9,
    ReplyCounters = 10,
    Id = 12,
    Zone = 18,
    Times = 20,
}

/// <summary>Attributes of a tuple (CTA_TUPLE_*).</summary>
internal enum TupleAttribute : ushort
{
    Addresses = 1,
    Transport = 2,
}

/// <summary>Attributes of a tuple's addresses (CTA_IP_*).</summary>
internal enum TupleAddressAttribute : ushort
{
    SourceIPv4 = 1,
    DestinationIPv4 = 2,
    SourceIPv6 = 3,
    DestinationIPv6 = 4,
}

/// <summary>Attributes of a tuple's transport protocol (CTA_PROTO_*).</summary>
internal enum TupleTransportAttribute : ushort
{
    Number = 1,
    SourcePort = 2,
    DestinationPort = 3,
    IcmpId = 4,
    IcmpType = 5,
    IcmpCode = 6,
    Icmpv6Id = 7,
    Icmpv6Type = 8,
    Icmpv6Code = 9,
}
