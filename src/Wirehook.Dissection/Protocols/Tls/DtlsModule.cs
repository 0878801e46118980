using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Tls;
using Wirehook.Dissection.Records;

[assembly: ProtocolModule(typeof(DtlsModule))]

namespace Wirehook.Dissection.Protocols.Tls;

/// <summary>DTLS (RFC 6347, RFC 9147 up to its hellos) over UDP, on any port: handshakes and alerts, as items of TLS. Nothing is decrypted.</summary>
public sealed class DtlsModule : ProtocolModule
{
    /// <inheritdoc/>
    public override IReadOnlyList<Protocol> Protocols { get; } = TlsProtocols.Datagrams;

    /// <summary>None of its own: its items are those of TLS.</summary>
    public override IReadOnlyList<RecordType> ItemTypes => [];

    /// <inheritdoc/>
    public override bool DissectsDatagrams => true;

    /// <inheritdoc/>
    public override Detection Detect(in DatagramOpening opening)
    {
        var data = opening.Data;
        if (!DtlsRecord.TryTake(ref data, out var first)) return Detection.No;
        var body = first.Body;
        if (first is { Type: ContentType.Handshake, Epoch: 0 } && DtlsFragment.TryTake(ref body, out _)) return Detection.Likely;
        // In the middle: records that fill the datagram.
        while (DtlsRecord.TryTake(ref data, out _))
        {
        }

        return data.IsEmpty && opening.Missing == 0 ? Detection.Likely : Detection.No;
    }

    /// <inheritdoc/>
    public override DatagramDissector CreateDatagramDissector(FlowContext context) => new DtlsDissector(context);
}
