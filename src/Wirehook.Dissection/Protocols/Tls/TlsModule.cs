using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Tls;
using Wirehook.Dissection.Records;

[assembly: ProtocolModule(typeof(TlsModule))]

namespace Wirehook.Dissection.Protocols.Tls;

/// <summary>
/// TLS (RFC 8446, RFC 5246 and before) and SSL 3.0 over TCP, on any port and behind STARTTLS: an item per handshake and alert. What keys are known of is
/// decrypted, and dissected as the stream inside.
/// </summary>
public sealed class TlsModule : ProtocolModule
{
    /// <inheritdoc/>
    public override IReadOnlyList<Protocol> Protocols { get; } = TlsProtocols.Streams;

    /// <inheritdoc/>
    public override IReadOnlyList<RecordType> ItemTypes { get; } = [TlsItem.RecordType, TlsAlertItem.RecordType];

    /// <inheritdoc/>
    public override bool DissectsStreams => true;

    /// <inheritdoc/>
    public override bool CarriesStreams => true;

    /// <inheritdoc/>
    public override Detection Detect(in StreamOpening opening)
    {
        var forward = TlsDetection.Detect(opening.Forward, opening);
        if (forward == Detection.Certain) return forward;
        var reverse = TlsDetection.Detect(opening.Reverse, opening);
        if (reverse == Detection.Certain) return reverse;
        // Records of both sides prove more than those of one; what is no TLS disproves it.
        if (!opening.Forward.IsEmpty && !opening.Reverse.IsEmpty && (forward == Detection.No || reverse == Detection.No)) return Detection.No;
        if (forward == Detection.Likely || reverse == Detection.Likely) return Detection.Likely;
        return forward == Detection.NeedMore || reverse == Detection.NeedMore ? Detection.NeedMore : Detection.No;
    }

    /// <inheritdoc/>
    public override StreamDissector CreateStreamDissector(FlowContext context) => new TlsDissector(context);
}
