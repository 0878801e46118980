using Wirehook.Dissection.Items;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Dns;

/// <summary>The protocols that share the DNS message format, and the ports that tell them apart.</summary>
internal static class DnsProtocols
{
    /// <summary>Port of mDNS.</summary>
    public const ushort MulticastPort = 5353;

    /// <summary>Port of LLMNR.</summary>
    public const ushort LinkLocalPort = 5355;

    /// <summary>Port of DNS.</summary>
    public const ushort Port = 53;

    private const string Registry = "https://www.iana.org/assignments/dns-parameters/dns-parameters.xhtml";

    /// <summary>DNS over UDP, as in the seed's record.</summary>
    public static Protocol Datagram { get; } = Declare("dns", "DNS", "Domain Name System", "udp", Registry);

    /// <summary>DNS over TCP.</summary>
    public static Protocol Stream { get; } = Declare("dns", "DNS", "Domain Name System", "tcp", Registry);

    /// <summary>Multicast DNS.</summary>
    public static Protocol Multicast { get; } =
        Declare("mdns", "mDNS", "Multicast Domain Name System", "udp", "https://datatracker.ietf.org/doc/html/rfc6762", MulticastPort);

    /// <summary>Link-local multicast name resolution over UDP.</summary>
    public static Protocol LinkLocalDatagram { get; } = DeclareLinkLocal("udp");

    /// <summary>Link-local multicast name resolution over TCP.</summary>
    public static Protocol LinkLocalStream { get; } = DeclareLinkLocal("tcp");

    /// <summary>The protocol that a flow of DNS messages speaks; a side at port 53 decides, since any port may be the other side's.</summary>
    public static Protocol Of(Flow flow)
    {
        var datagrams = flow.Transport == TransportProtocol.Udp;
        if (HasPort(flow, Port)) return datagrams ? Datagram : Stream;
        if (HasPort(flow, MulticastPort) && datagrams) return Multicast;
        if (HasPort(flow, LinkLocalPort)) return datagrams ? LinkLocalDatagram : LinkLocalStream;
        return datagrams ? Datagram : Stream;
    }

    /// <summary>Whether one side uses a port of these protocols.</summary>
    public static bool HasKnownPort(Flow flow) => HasPort(flow, Port) || HasPort(flow, MulticastPort) || HasPort(flow, LinkLocalPort);

    private static bool HasPort(Flow flow, ushort port) => flow.Initiator.Port == port || flow.Responder.Port == port;

    private static Protocol DeclareLinkLocal(string layer4) =>
        Declare("llmnr", "LLMNR", "Link-Local Multicast Name Resolution", layer4, "https://datatracker.ietf.org/doc/html/rfc4795", LinkLocalPort);

    private static Protocol Declare(string name, string abbreviation, string longName, string layer4, string reference, params ushort[] ports) => new()
    {
        Name = name,
        Version = "0",
        Abbreviation = abbreviation,
        LongName = longName,
        Macro = name,
        BackgroundColor = "#606060",
        ForegroundColor = "#ffffff",
        FontSize = 12,
        ReferenceLink = reference,
        Ports = ports,
        Layer4 = layer4,
        Priority = 4,
    };
}
