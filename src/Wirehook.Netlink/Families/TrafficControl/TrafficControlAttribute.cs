namespace Wirehook.Netlink.Families.TrafficControl;

/// <summary>Attributes of traffic control objects (linux/rtnetlink.h TCA_*).</summary>
internal enum TrafficControlAttribute : ushort
{
    Kind = 1,
    Statistics = 7,
    Chain = 11,
    HardwareOffload = 12,
    IngressBlock = 13,
    EgressBlock = 14,
}

/// <summary>Attributes within TCA_STATS2 (linux/gen_stats.h TCA_STATS_*).</summary>
internal enum StatisticsAttribute : ushort
{
    Basic = 1,
    Queue = 3,
}
