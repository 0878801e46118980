using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Radius;
using Wirehook.Dissection.Records;

[assembly: ProtocolModule(typeof(RadiusModule))]

namespace Wirehook.Dissection.Protocols.Radius;

/// <summary>RADIUS over UDP: authentication (RFC 2865), accounting (RFC 2866) and dynamic authorisation (RFC 5176).</summary>
public sealed class RadiusModule : ProtocolModule
{
    /// <summary>RADIUS as its items name it.</summary>
    internal static Protocol Radius { get; } = new()
    {
        Name = "radius",
        Version = "0",
        Abbreviation = "RADIUS",
        LongName = "Remote Authentication Dial-In User Service",
        Macro = "radius",
        BackgroundColor = "#1a5276",
        ForegroundColor = "#ffffff",
        FontSize = 12,
        ReferenceLink = "https://datatracker.ietf.org/doc/html/rfc2865",
        Ports = [1812, 1813, 3799, 1645, 1646],
        Layer4 = "udp",
        Priority = 12,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Protocol> Protocols { get; } = [Radius];

    /// <inheritdoc/>
    public override IReadOnlyList<RecordType> ItemTypes { get; } = [RadiusItem.RecordType];

    /// <inheritdoc/>
    public override bool DissectsDatagrams => true;

    /// <summary>The length that a packet declares and its attributes must fit exactly; away from its ports the attributes must be known ones as well.</summary>
    public override Detection Detect(in DatagramOpening opening)
    {
        if (!RadiusPacket.IsValid(opening.Data, opening.Missing))
            return opening.PortMatches && RadiusPacket.IsDamaged(opening.Data, opening.Missing) ? Detection.Likely : Detection.No;
        return opening.PortMatches || (opening.Missing == 0 && RadiusPacket.IsUnmistakable(opening.Data)) ? Detection.Likely : Detection.No;
    }

    /// <inheritdoc/>
    public override DatagramDissector CreateDatagramDissector(FlowContext context) => new RadiusDissector(context);
}
