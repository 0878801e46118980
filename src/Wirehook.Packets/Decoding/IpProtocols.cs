namespace Wirehook.Packets.Decoding;

/// <summary>IP protocol numbers (IANA), which IPv6 shares for its extension headers.</summary>
internal static class IpProtocols
{
    public const byte HopByHop = 0;
    public const byte Icmp = 1;
    public const byte IPv4 = 4;
    public const byte Tcp = 6;
    public const byte Udp = 17;
    public const byte IPv6 = 41;
    public const byte Routing = 43;
    public const byte Fragment = 44;
    public const byte Gre = 47;
    public const byte Encapsulated = 50;
    public const byte Authentication = 51;
    public const byte Icmpv6 = 58;
    public const byte DestinationOptions = 60;
    public const byte EtherIp = 97;
    public const byte Sctp = 132;
    public const byte Mobility = 135;
    public const byte Mpls = 137;
    public const byte HostIdentity = 139;
    public const byte Shim6 = 140;

    /// <summary>The layer that <paramref name="protocol"/> announces.</summary>
    public static Layer Next(byte protocol) => protocol switch
    {
        Tcp => Layer.Tcp,
        Udp => Layer.Udp,
        Icmp => Layer.Icmp,
        Icmpv6 => Layer.Icmpv6,
        Sctp => Layer.Sctp,
        IPv4 => Layer.IPv4,
        IPv6 => Layer.IPv6,
        Gre => Layer.Gre,
        Authentication => Layer.AuthenticationHeader,
        EtherIp => Layer.EtherIp,
        Mpls => Layer.Mpls,
        Encapsulated => Layer.Encrypted,
        _ => Layer.UnknownProtocol,
    };
}
