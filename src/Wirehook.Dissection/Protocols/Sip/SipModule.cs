using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Sip;
using Wirehook.Dissection.Records;

[assembly: ProtocolModule(typeof(SipModule))]

namespace Wirehook.Dissection.Protocols.Sip;

/// <summary>SIP (RFC 3261) over UDP, TCP, TLS and WebSocket (RFC 7118), with SDP bodies (RFC 8866).</summary>
public sealed class SipModule : ProtocolModule
{
    private const int LongestGuess = 1024;
    private static readonly Protocol Datagram = Declare("udp");
    private static readonly Protocol Stream = Declare("tcp");

    /// <inheritdoc/>
    public override IReadOnlyList<Protocol> Protocols { get; } = [Datagram, Stream];

    /// <inheritdoc/>
    public override IReadOnlyList<RecordType> ItemTypes { get; } = [SipItem.RecordType];

    /// <inheritdoc/>
    public override bool DissectsStreams => true;

    /// <inheritdoc/>
    public override bool DissectsDatagrams => true;

    /// <inheritdoc/>
    public override Detection Detect(in DatagramOpening opening) => SipStartLine.Check(opening.Data) == SipLineCheck.Valid ? Detection.Certain : Detection.No;

    /// <inheritdoc/>
    public override Detection Detect(in StreamOpening opening)
    {
        var forward = SipStartLine.Check(opening.Forward[SipFraming.CountLineEnds(opening.Forward)..]);
        var reverse = SipStartLine.Check(opening.Reverse[SipFraming.CountLineEnds(opening.Reverse)..]);
        if (forward == SipLineCheck.Valid || reverse == SipLineCheck.Valid) return Detection.Certain;
        var waits = (forward == SipLineCheck.Incomplete && opening.Forward.Length < LongestGuess) || (reverse == SipLineCheck.Incomplete && opening.Reverse.Length < LongestGuess);
        return waits && !opening.Final ? Detection.NeedMore : Detection.No;
    }

    /// <inheritdoc/>
    public override DatagramDissector CreateDatagramDissector(FlowContext context) => new SipDatagramDissector(context);

    /// <inheritdoc/>
    public override StreamDissector CreateStreamDissector(FlowContext context) => new SipStreamDissector(context);

    /// <summary>The protocol as items of <paramref name="context"/>'s flow name it.</summary>
    internal static Protocol OfFlow(FlowContext context) => context.Flow.Transport == Packets.TransportProtocol.Udp ? Datagram : Stream;

    private static Protocol Declare(string layer4) => new()
    {
        Name = "sip",
        Version = "2.0",
        Abbreviation = "SIP",
        LongName = "Session Initiation Protocol",
        Macro = "sip",
        BackgroundColor = "#2e8b57",
        ForegroundColor = "#ffffff",
        FontSize = 12,
        ReferenceLink = "https://datatracker.ietf.org/doc/html/rfc3261",
        Ports = [5060, 5061],
        Layer4 = layer4,
        Priority = 11,
    };
}
