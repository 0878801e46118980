namespace Wirehook.Packets.Decoding;

/// <summary>EtherType values (IEEE 802 numbers of IANA).</summary>
internal static class EtherTypes
{
    /// <summary>Values below are a frame's length, and an LLC header follows (IEEE 802.3).</summary>
    public const int FirstType = 0x0600;

    public const ushort IPv4 = 0x0800;
    public const ushort TransparentEthernet = 0x6558;
    public const ushort Vlan = 0x8100;
    public const ushort IPv6 = 0x86DD;
    public const ushort Ppp = 0x880B;
    public const ushort Mpls = 0x8847;
    public const ushort MplsUpstream = 0x8848;
    public const ushort PppoeSession = 0x8864;
    public const ushort ServiceVlan = 0x88A8;
    public const ushort BackboneServiceInstance = 0x88E7;
    public const ushort VirtualNetworkTag = 0x8926;
    public const ushort OldServiceVlan = 0x9100;
    public const ushort OlderServiceVlan = 0x9200;

    /// <summary>The layer that <paramref name="type"/> announces.</summary>
    public static Layer Next(ushort type) => type switch
    {
        IPv4 => Layer.IPv4,
        IPv6 => Layer.IPv6,
        Vlan or ServiceVlan or OldServiceVlan or OlderServiceVlan => Layer.Vlan,
        Mpls or MplsUpstream => Layer.Mpls,
        BackboneServiceInstance => Layer.BackboneTag,
        VirtualNetworkTag => Layer.VirtualNetworkTag,
        PppoeSession => Layer.Pppoe,
        TransparentEthernet => Layer.Ethernet,
        Ppp => Layer.Ppp,
        _ => Layer.NotIp,
    };
}
