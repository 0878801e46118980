namespace Wirehook.Netlink.Families.Rule;

/// <summary>Attributes of policy rules (linux/fib_rules.h FRA_*).</summary>
internal enum RuleAttribute : ushort
{
    Destination = 1,
    Source = 2,
    InputInterface = 3,
    Goto = 4,
    Priority = 6,
    Mark = 10,
    Flow = 11,
    TunnelId = 12,
    SuppressInterfaceGroup = 13,
    SuppressPrefixLength = 14,
    Table = 15,
    Mask = 16,
    OutputInterface = 17,
    MasterDevice = 19,
    UserRange = 20,
    Protocol = 21,
    IpProtocol = 22,
    SourcePorts = 23,
    DestinationPorts = 24,
    Dscp = 25,
}
