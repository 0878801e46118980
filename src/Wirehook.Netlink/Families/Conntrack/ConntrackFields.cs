using Wirehook.Netlink.Events;
using Declare = Wirehook.Netlink.Families.FieldsOf<Wirehook.Netlink.Families.Conntrack.Connection>;

namespace Wirehook.Netlink.Families.Conntrack;

/// <summary>The fields of connections.</summary>
internal static class ConntrackFields
{
    /// <summary>States of TCP connections (TCP_CONNTRACK_*).</summary>
    public static Dictionary<string, long> TcpStates { get; } = Symbols.Of(
        ("NONE", 0), ("SYN_SENT", 1), ("SYN_RECV", 2), ("ESTABLISHED", 3), ("FIN_WAIT", 4), ("CLOSE_WAIT", 5), ("LAST_ACK", 6), ("TIME_WAIT", 7),
        ("CLOSE", 8), ("SYN_SENT2", 9));

    /// <summary>States of SCTP associations (SCTP_CONNTRACK_*).</summary>
    public static Dictionary<string, long> SctpStates { get; } = Symbols.Of(
        ("NONE", 0), ("CLOSED", 1), ("COOKIE_WAIT", 2), ("COOKIE_ECHOED", 3), ("ESTABLISHED", 4), ("SHUTDOWN_SENT", 5), ("SHUTDOWN_RECD", 6),
        ("SHUTDOWN_ACK_SENT", 7), ("HEARTBEAT_SENT", 8));

    /// <summary>Status bits (IPS_*).</summary>
    public static Dictionary<string, long> StatusBits { get; } = Symbols.Of(
        ("EXPECTED", 1), ("SEEN_REPLY", 2), ("ASSURED", 4), ("CONFIRMED", 8), ("SRC_NAT", 0x10), ("DST_NAT", 0x20), ("SEQ_ADJUST", 0x40),
        ("SRC_NAT_DONE", 0x80), ("DST_NAT_DONE", 0x100), ("DYING", 0x200), ("FIXED_TIMEOUT", 0x400), ("TEMPLATE", 0x800), ("HELPER", 0x2000),
        ("OFFLOAD", 0x4000), ("HW_OFFLOAD", 0x8000));

    /// <summary>The fields, in the order of texts and JSON.</summary>
    public static IReadOnlyList<NetworkField> All { get; } =
    [
        Declare.Number("family", "Address family.", o => o.AddressFamily) with { Symbols = CommonConstants.AddressFamilies },
        Declare.Number("protocol", "IP protocol.", o => o.Original.Protocol) with { Symbols = NumberNames.IpProtocols },
        Declare.Number("tcp_state", "State of a TCP connection.", o => o.TcpState) with { Symbols = TcpStates },
        Declare.Number("sctp_state", "State of an SCTP association.", o => o.SctpState) with { Symbols = SctpStates },
        Declare.Address("src_addr", "Source address of the first packet.", o => o.Original.Source, "src"),
        Declare.Number("src_port", "Source port of the first packet.", o => o.Original.SourcePort, "sport"),
        Declare.Address("dst_addr", "Destination address of the first packet.", o => o.Original.Destination, "dst"),
        Declare.Number("dst_port", "Destination port of the first packet.", o => o.Original.DestinationPort, "dport"),
        Declare.Number("icmp_type", "ICMP type.", o => o.Original.IcmpType),
        Declare.Number("icmp_code", "ICMP code.", o => o.Original.IcmpCode),
        Declare.Number("icmp_id", "ICMP identifier.", o => o.Original.IcmpId),
        Declare.Address("reply_src_addr", "Source address of answers; other than the destination where that was translated.", o => o.Reply.Source),
        Declare.Number("reply_src_port", "Source port of answers.", o => o.Reply.SourcePort),
        Declare.Address("reply_dst_addr", "Destination address of answers; other than the source where that was translated.", o => o.Reply.Destination),
        Declare.Number("reply_dst_port", "Destination port of answers.", o => o.Reply.DestinationPort),
        Declare.Number("status", "Status (IPS_*).", o => o.Status) with { Symbols = StatusBits, IsBitSet = true },
        Declare.Number("mark", "Mark of the connection.", o => o.Mark),
        Declare.Number("timeout", "Seconds until the entry is given up.", o => o.Timeout) with { IsState = false },
        Declare.Number("id", "The kernel's number of the entry.", o => o.Id),
        Declare.Number("zone", "Zone of connection tracking.", o => o.Zone),
        Declare.Text("helper", "The helper that follows the connection: ftp, sip …", o => o.Helper),
        Declare.Number("packets", "Packets of both directions, where accounting is on.", o => Sum(o.OriginalPackets, o.ReplyPackets)) with { IsState = false },
        Declare.Number("bytes", "Bytes of both directions, where accounting is on.", o => Sum(o.OriginalBytes, o.ReplyBytes)) with { IsState = false },
        Declare.Number("orig_packets", "Packets of the first direction.", o => (long?)o.OriginalPackets) with { IsState = false },
        Declare.Number("orig_bytes", "Bytes of the first direction.", o => (long?)o.OriginalBytes) with { IsState = false },
        Declare.Number("reply_packets", "Packets of answers.", o => (long?)o.ReplyPackets) with { IsState = false },
        Declare.Number("reply_bytes", "Bytes of answers.", o => (long?)o.ReplyBytes) with { IsState = false },
        Declare.Number("start", "Nanoseconds since the epoch of the first packet, where timestamps are on.", o => (long?)o.Started) with { IsState = false },
        Declare.Number("stop", "Nanoseconds since the epoch of the end, where timestamps are on.", o => (long?)o.Stopped) with { IsState = false },
    ];

    private static readonly Dictionary<string, NetworkField> ByName = All.ToDictionary(f => f.Name, StringComparer.Ordinal);

    /// <summary>A field by its name.</summary>
    public static NetworkField Find(string name) => ByName[name];

    private static long? Sum(ulong? original, ulong? reply) => original is null && reply is null ? null : (long)((original ?? 0) + (reply ?? 0));
}
