using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Diameter;
using Wirehook.Dissection.Records;

[assembly: ProtocolModule(typeof(DiameterModule))]

namespace Wirehook.Dissection.Protocols.Diameter;

/// <summary>Diameter (RFC 6733) over TCP, and over SCTP where messages are not split.</summary>
public sealed class DiameterModule : ProtocolModule
{
    /// <summary>Diameter as its items name it.</summary>
    internal static Protocol Diameter { get; } = new()
    {
        Name = "diameter",
        Version = "1",
        Abbreviation = "DIAMETER",
        LongName = "Diameter Base Protocol",
        Macro = "diameter",
        BackgroundColor = "#0e6655",
        ForegroundColor = "#ffffff",
        FontSize = 11,
        ReferenceLink = "https://datatracker.ietf.org/doc/html/rfc6733",
        Ports = [3868],
        Layer4 = "tcp",
        Priority = 11,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Protocol> Protocols { get; } = [Diameter];

    /// <inheritdoc/>
    public override IReadOnlyList<RecordType> ItemTypes { get; } = [DiameterItem.RecordType];

    /// <inheritdoc/>
    public override bool DissectsStreams => true;

    /// <inheritdoc/>
    public override Detection Detect(in StreamOpening opening)
    {
        var data = opening.Forward.IsEmpty ? opening.Reverse : opening.Forward;
        if (DiameterHeader.LooksRight(data)) return Detection.Likely;
        if (data.Length < DiameterHeader.ProbeLength)
        {
            var begins = data.IsEmpty || DiameterHeader.MayBegin(data);
            if (opening.Final) return Detection.No;
            return begins || opening.PortMatches ? Detection.NeedMore : Detection.No;
        }

        // In the middle of a message the next one begins somewhere behind.
        return opening.PortMatches && !opening.AtStart && DiameterHeader.FindNext(data) >= 0 ? Detection.Likely : Detection.No;
    }

    /// <inheritdoc/>
    public override StreamDissector CreateStreamDissector(FlowContext context) => new DiameterDissector(context);
}
