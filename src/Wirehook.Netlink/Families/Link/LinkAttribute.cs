namespace Wirehook.Netlink.Families.Link;

/// <summary>Attribute numbers of linux/if_link.h that are read.</summary>
internal static class LinkAttribute
{
    public const ushort Address = 1;
    public const ushort Broadcast = 2;
    public const ushort Name = 3;
    public const ushort Mtu = 4;
    public const ushort Link = 5;
    public const ushort Qdisc = 6;
    public const ushort Master = 10;
    public const ushort PortInfo = 12;
    public const ushort QueueLength = 13;
    public const ushort OperState = 16;
    public const ushort Mode = 17;
    public const ushort Info = 18;
    public const ushort Alias = 20;
    public const ushort Group = 27;
    public const ushort ExtensionMask = 29;
    public const ushort Promiscuity = 30;
    public const ushort SendQueues = 31;
    public const ushort ReceiveQueues = 32;
    public const ushort Carrier = 33;
    public const ushort CarrierChanges = 35;
    public const ushort SwitchId = 36;
    public const ushort LinkNamespaceId = 37;
    public const ushort PhysicalPort = 38;
    public const ushort ProtocolDown = 39;
    public const ushort Event = 44;
    public const ushort NewNamespaceId = 45;
    public const ushort NewIndex = 49;
    public const ushort MinMtu = 50;
    public const ushort MaxMtu = 51;
    public const ushort Properties = 52;
    public const ushort AlternativeName = 53;
    public const ushort PermanentAddress = 54;
    public const ushort ParentDevice = 56;
    public const ushort ParentBus = 57;
    public const ushort AllMulticast = 61;

    /// <summary>IFLA_INFO_KIND, within IFLA_LINKINFO.</summary>
    public const ushort InfoKind = 1;

    /// <summary>IFLA_INFO_DATA: attributes of the kind.</summary>
    public const ushort InfoData = 2;

    /// <summary>IFLA_INFO_SLAVE_KIND.</summary>
    public const ushort InfoSlaveKind = 4;

    /// <summary>IFLA_INFO_SLAVE_DATA.</summary>
    public const ushort InfoSlaveData = 5;

    /// <summary>IFLA_BRPORT_STATE.</summary>
    public const ushort PortState = 1;
}
