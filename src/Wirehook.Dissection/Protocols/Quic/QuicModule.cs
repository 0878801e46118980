using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Quic;
using Wirehook.Dissection.Records;

[assembly: ProtocolModule(typeof(QuicModule))]

namespace Wirehook.Dissection.Protocols.Quic;

/// <summary>QUIC 1 and 2 and the last drafts (RFC 9000, RFC 9369) over UDP: the hellos in its Initial packets, one item per connection.</summary>
public sealed class QuicModule : ProtocolModule
{
    private static readonly ushort[] CommonPorts = [443, 8443, 853];

    internal static Protocol Quic { get; } = new()
    {
        Name = "quic",
        Version = "1",
        Abbreviation = "QUIC",
        LongName = "QUIC -- connection start",
        Macro = "quic",
        BackgroundColor = "#1d6f8a",
        ForegroundColor = "#ffffff",
        FontSize = 12,
        ReferenceLink = "https://datatracker.ietf.org/doc/html/rfc9000",
        Ports = CommonPorts,
        Layer4 = "udp",
        Priority = 5,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Protocol> Protocols { get; } = [Quic];

    /// <inheritdoc/>
    public override IReadOnlyList<RecordType> ItemTypes { get; } = [QuicItem.RecordType];

    /// <inheritdoc/>
    public override bool DissectsDatagrams => true;

    /// <inheritdoc/>
    public override Detection Detect(in DatagramOpening opening) =>
        LongHeader.TryRead(opening.Data, out var header) && (header.Kind != QuicPacketKind.VersionNegotiation || opening.PortMatches) ? Detection.Likely : Detection.No;

    /// <inheritdoc/>
    public override DatagramDissector CreateDatagramDissector(FlowContext context) => new QuicDissector(context);
}
