namespace Wirehook.Netlink.Families.NextHop;

/// <summary>Attributes of next hops (linux/nexthop.h NHA_*).</summary>
internal enum NextHopAttribute : ushort
{
    Id = 1,
    Group = 2,
    GroupType = 3,
    Blackhole = 4,
    OutputInterface = 5,
    Gateway = 6,
    EncapsulationType = 7,
    Master = 10,
    ForwardingEntry = 11,
    ResilientGroup = 12,
}

/// <summary>Attributes of a resilient group (linux/nexthop.h NHA_RES_GROUP_*).</summary>
internal enum ResilientGroupAttribute : ushort
{
    Buckets = 1,
}
