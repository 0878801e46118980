using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Sctp;
using Wirehook.Dissection.Records;
using Wirehook.Packets;

[assembly: ProtocolModule(typeof(SctpModule))]

namespace Wirehook.Dissection.Protocols.Sctp;

/// <summary>SCTP (RFC 9260): an item for each chunk.</summary>
public sealed class SctpModule : ProtocolModule
{
    /// <summary>SCTP as its items name it.</summary>
    internal static Protocol Sctp { get; } = new()
    {
        Name = "sctp",
        Version = "0",
        Abbreviation = "SCTP",
        LongName = "Stream Control Transmission Protocol",
        Macro = "sctp",
        BackgroundColor = "#6c3483",
        ForegroundColor = "#ffffff",
        FontSize = 12,
        ReferenceLink = "https://datatracker.ietf.org/doc/html/rfc9260",
        Ports = [],
        Layer4 = "sctp",
        Priority = 21,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Protocol> Protocols { get; } = [Sctp];

    /// <inheritdoc/>
    public override IReadOnlyList<RecordType> ItemTypes { get; } = [SctpItem.RecordType];

    /// <inheritdoc/>
    public override bool DissectsDatagrams => true;

    /// <inheritdoc/>
    public override IReadOnlyList<TransportProtocol> DatagramTransports { get; } = [TransportProtocol.Sctp];

    /// <summary>Its DATA may carry Diameter.</summary>
    public override bool CarriesStreams => true;

    /// <summary>The IP header says what it is: nothing is left to guess.</summary>
    public override Detection Detect(in DatagramOpening opening) => Detection.Certain;

    /// <inheritdoc/>
    public override DatagramDissector CreateDatagramDissector(FlowContext context) => new SctpDissector(context);
}
