namespace Wirehook.Packets.Decoding;

/// <summary>What comes next in a frame: a layer still to be read, or, from <see cref="Transport"/> on, the outcome of the whole frame.</summary>
internal enum Layer : byte
{
    Ethernet,
    Vlan,
    BackboneTag,
    VirtualNetworkTag,
    Mpls,
    Pppoe,
    Ppp,
    Llc,
    Ieee80211,
    EtherIp,
    Gre,
    IPv4,
    IPv6,
    RawIp,
    AuthenticationHeader,
    Tcp,
    Udp,
    Icmp,
    Icmpv6,
    Sctp,

    /// <summary>The transport's fields are filled.</summary>
    Transport,

    /// <summary>A fragment was taken by the fragment table, which counts what becomes of it.</summary>
    FragmentHeld,

    /// <summary>The link layer is not known.</summary>
    UnknownLink,

    /// <summary>A link-layer payload other than IP: ARP, LLDP, spanning tree …</summary>
    NotIp,

    /// <summary>An IP protocol that is not followed: OSPF, IGMP …</summary>
    UnknownProtocol,

    /// <summary>An 802.11 frame that carries no data: management, control, null function.</summary>
    NoData,

    /// <summary>Several packets in one 802.11 frame (A-MSDU).</summary>
    Aggregate,

    /// <summary>Encrypted by 802.11 or ESP.</summary>
    Encrypted,

    /// <summary>The capture kept too few bytes for the headers.</summary>
    Cut,

    /// <summary>A header contradicts itself or the frame's length.</summary>
    Malformed,

    /// <summary>More layers than any real packet has.</summary>
    TooDeep,
}
