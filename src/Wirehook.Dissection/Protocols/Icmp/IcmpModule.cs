using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Icmp;
using Wirehook.Dissection.Records;
using Wirehook.Packets;

[assembly: ProtocolModule(typeof(IcmpModule))]

namespace Wirehook.Dissection.Protocols.Icmp;

/// <summary>ICMP (RFC 792) and ICMPv6 (RFC 4443) with neighbour discovery (RFC 4861) and multicast listener discovery (RFC 2710, RFC 3810).</summary>
public sealed class IcmpModule : ProtocolModule
{
    /// <summary>ICMP of IPv4.</summary>
    internal static Protocol Version4 { get; } = Declare("4", "Internet Control Message Protocol", "icmp", "https://datatracker.ietf.org/doc/html/rfc792");

    /// <summary>ICMP of IPv6: the same name, so that one query finds both.</summary>
    internal static Protocol Version6 { get; } = Declare("6", "Internet Control Message Protocol for IPv6", "icmpv6", "https://datatracker.ietf.org/doc/html/rfc4443");

    /// <inheritdoc/>
    public override IReadOnlyList<Protocol> Protocols { get; } = [Version4, Version6];

    /// <inheritdoc/>
    public override IReadOnlyList<RecordType> ItemTypes { get; } = [IcmpItem.RecordType];

    /// <inheritdoc/>
    public override bool DissectsDatagrams => true;

    /// <inheritdoc/>
    public override IReadOnlyList<TransportProtocol> DatagramTransports { get; } = [TransportProtocol.Icmp, TransportProtocol.Icmpv6];

    /// <summary>The IP header says what it is: nothing is left to guess.</summary>
    public override Detection Detect(in DatagramOpening opening) => Detection.Certain;

    /// <inheritdoc/>
    public override DatagramDissector CreateDatagramDissector(FlowContext context) => new IcmpDissector(context);

    private static Protocol Declare(string version, string longName, string layer4, string reference) => new()
    {
        Name = "icmp",
        Version = version,
        Abbreviation = version == "4" ? "ICMP" : "ICMPv6",
        LongName = longName,
        Macro = "icmp",
        BackgroundColor = "#5d6d7e",
        ForegroundColor = "#ffffff",
        FontSize = 12,
        ReferenceLink = reference,
        Ports = [],
        Layer4 = layer4,
        Priority = 20,
    };
}
