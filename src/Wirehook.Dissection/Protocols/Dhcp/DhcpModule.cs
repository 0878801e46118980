using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Dhcp;
using Wirehook.Dissection.Records;

[assembly: ProtocolModule(typeof(DhcpModule))]

namespace Wirehook.Dissection.Protocols.Dhcp;

/// <summary>DHCP for IPv4 (RFC 2131) with BOOTP (RFC 951), and DHCP for IPv6 (RFC 8415).</summary>
public sealed class DhcpModule : ProtocolModule
{
    /// <summary>DHCP for IPv4.</summary>
    internal static Protocol Version4 { get; } = Declare("4", "DHCP", "Dynamic Host Configuration Protocol", "https://datatracker.ietf.org/doc/html/rfc2131", 67, 68);

    /// <summary>DHCP for IPv6: the same name, so that one query finds both.</summary>
    internal static Protocol Version6 { get; } = Declare("6", "DHCPv6", "Dynamic Host Configuration Protocol for IPv6", "https://datatracker.ietf.org/doc/html/rfc8415", 546, 547);

    /// <inheritdoc/>
    public override IReadOnlyList<Protocol> Protocols { get; } = [Version4, Version6];

    /// <inheritdoc/>
    public override IReadOnlyList<RecordType> ItemTypes { get; } = [DhcpItem.RecordType, Dhcp6Item.RecordType];

    /// <inheritdoc/>
    public override IReadOnlyList<ushort> Ports { get; } = [67, 68, 546, 547];

    /// <inheritdoc/>
    public override bool DissectsDatagrams => true;

    /// <summary>The magic cookie behind a BOOTP header is beyond doubt on any port; without it, as in DHCPv6, the port has to agree.</summary>
    public override Detection Detect(in DatagramOpening opening)
    {
        if (Dhcp6Packet.IsOnPort(opening.Flow)) return Dhcp6Packet.IsValid(opening.Data, opening.Missing) ? Detection.Likely : Detection.No;
        if (!DhcpPacket.IsValid(opening.Data)) return DhcpPacket.IsOnPort(opening.Flow) && DhcpPacket.IsCut(opening.Data, opening.Missing) ? Detection.Likely : Detection.No;
        if (DhcpPacket.HasCookie(opening.Data)) return Detection.Certain;
        return DhcpPacket.IsOnPort(opening.Flow) ? Detection.Likely : Detection.No;
    }

    /// <inheritdoc/>
    public override DatagramDissector CreateDatagramDissector(FlowContext context) => new DhcpDissector(context);

    private static Protocol Declare(string version, string abbreviation, string longName, string reference, params ushort[] ports) => new()
    {
        Name = "dhcp",
        Version = version,
        Abbreviation = abbreviation,
        LongName = longName,
        Macro = "dhcp",
        BackgroundColor = "#935116",
        ForegroundColor = "#ffffff",
        FontSize = 12,
        ReferenceLink = reference,
        Ports = ports,
        Layer4 = "udp",
        Priority = 13,
    };
}
