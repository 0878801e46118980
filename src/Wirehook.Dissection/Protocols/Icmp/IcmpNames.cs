using System.Globalization;

namespace Wirehook.Dissection.Protocols.Icmp;

/// <summary>Names of types and codes (IANA, ICMP Parameters and ICMPv6 Parameters).</summary>
internal static class IcmpNames
{
    private static readonly string[] Unreachable4 =
    [
        "Net", "Host", "Protocol", "Port", "FragmentationNeeded", "SourceRouteFailed", "NetUnknown", "HostUnknown", "SourceIsolated", "NetAdminProhibited",
        "HostAdminProhibited", "NetTos", "HostTos", "CommAdminProhibited", "HostPrecedence", "PrecedenceCutoff",
    ];

    private static readonly string[] Unreachable6 =
        ["NoRouteToDst", "AdminProhibited", "BeyondScopeOfSrc", "Address", "Port", "SrcAddressFailedPolicy", "RejectRouteToDst", "SrcRoutingHeader"];

    private static readonly string[] Redirect4 = ["Net", "Host", "TosAndNet", "TosAndHost"];
    private static readonly string[] TimeExceeded = ["TTLExceeded", "FragmentReassemblyTimeExceeded"];
    private static readonly string[] TimeExceeded6 = ["HopLimitExceeded", "FragmentReassemblyTimeExceeded"];
    private static readonly string[] Problem4 = ["PointerIndicatesError", "MissingOption", "BadLength"];
    private static readonly string[] Problem6 = ["ErroneousHeader", "UnrecognizedNextHeader", "UnrecognizedIPv6Option", "IncompleteHeaderChain"];

    /// <summary>The name of a type, or its number.</summary>
    public static string TypeName(byte type, bool version6) => (version6 ? Name6(type) : Name4(type)) ?? type.ToString(CultureInfo.InvariantCulture);

    /// <summary>The name of a code of a type, or null where it has none.</summary>
    public static string? CodeName(byte type, int code, bool version6)
    {
        var names = version6
            ? type switch { 1 => Unreachable6, 3 => TimeExceeded6, 4 => Problem6, _ => [] }
            : type switch { 3 => Unreachable4, 5 => Redirect4, 11 => TimeExceeded, 12 => Problem4, _ => [] };
        return code < names.Length ? names[code] : null;
    }

    /// <summary>The name of an IP protocol, or its number.</summary>
    public static string TransportName(int protocol) => protocol switch
    {
        1 => "icmp",
        2 => "igmp",
        6 => "tcp",
        17 => "udp",
        47 => "gre",
        50 => "esp",
        51 => "ah",
        58 => "icmpv6",
        132 => "sctp",
        _ => protocol.ToString(CultureInfo.InvariantCulture),
    };

    private static string? Name4(byte type) => type switch
    {
        0 => "EchoReply",
        3 => "DestinationUnreachable",
        4 => "SourceQuench",
        5 => "Redirect",
        8 => "EchoRequest",
        9 => "RouterAdvertisement",
        10 => "RouterSolicitation",
        11 => "TimeExceeded",
        12 => "ParameterProblem",
        13 => "TimestampRequest",
        14 => "TimestampReply",
        15 => "InfoRequest",
        16 => "InfoReply",
        17 => "AddressMaskRequest",
        18 => "AddressMaskReply",
        40 => "Photuris",
        42 => "ExtendedEchoRequest",
        43 => "ExtendedEchoReply",
        _ => null,
    };

    private static string? Name6(byte type) => type switch
    {
        1 => "DestinationUnreachable",
        2 => "PacketTooBig",
        3 => "TimeExceeded",
        4 => "ParameterProblem",
        128 => "EchoRequest",
        129 => "EchoReply",
        130 => "MulticastListenerQuery",
        131 => "MulticastListenerReport",
        132 => "MulticastListenerDone",
        133 => "RouterSolicitation",
        134 => "RouterAdvertisement",
        135 => "NeighborSolicitation",
        136 => "NeighborAdvertisement",
        137 => "Redirect",
        138 => "RouterRenumbering",
        139 => "NodeInformationQuery",
        140 => "NodeInformationResponse",
        141 => "InverseNeighborSolicitation",
        142 => "InverseNeighborAdvertisement",
        143 => "MulticastListenerReportV2",
        144 => "HomeAgentDiscoveryRequest",
        145 => "HomeAgentDiscoveryReply",
        146 => "MobilePrefixSolicitation",
        147 => "MobilePrefixAdvertisement",
        151 => "MulticastRouterAdvertisement",
        152 => "MulticastRouterSolicitation",
        153 => "MulticastRouterTermination",
        155 => "RplControl",
        160 => "ExtendedEchoRequest",
        161 => "ExtendedEchoReply",
        _ => null,
    };
}
