using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.WebSocket;
using Wirehook.Dissection.Records;

[assembly: ProtocolModule(typeof(WebSocketModule))]

namespace Wirehook.Dissection.Protocols.WebSocket;

/// <summary>WebSocket (RFC 6455) with permessage-deflate (RFC 7692): behind an HTTP upgrade, or from the middle of a connection.</summary>
public sealed class WebSocketModule : ProtocolModule
{
    /// <summary>The token of the Upgrade header.</summary>
    private const string UpgradeToken = "websocket";

    internal static Protocol WebSocket { get; } = new()
    {
        Name = "ws",
        Version = "13",
        Abbreviation = "WS",
        LongName = "The WebSocket Protocol",
        Macro = "ws",
        BackgroundColor = "#4DB848",
        ForegroundColor = "#ffffff",
        FontSize = 12,
        ReferenceLink = "https://datatracker.ietf.org/doc/html/rfc6455",
        Ports = [],
        Layer4 = "tcp",
        Priority = 7,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Protocol> Protocols { get; } = [WebSocket];

    /// <inheritdoc/>
    public override IReadOnlyList<RecordType> ItemTypes { get; } = [WebSocketItem.RecordType];

    /// <inheritdoc/>
    public override bool DissectsStreams => true;

    /// <inheritdoc/>
    public override bool CarriesStreams => true;

    /// <inheritdoc/>
    public override Detection Detect(in StreamOpening opening)
    {
        if (opening.Upgrade is { } upgrade) return upgrade.Protocol == UpgradeToken ? Detection.Certain : Detection.No;
        // A connection cannot begin with a frame: RFC 6455 §4 puts HTTP before the first.
        return !opening.AtStart && WebSocketEvidence.IsLikely(opening.Forward, opening.Reverse) ? Detection.Likely : Detection.No;
    }

    /// <inheritdoc/>
    public override StreamDissector CreateStreamDissector(FlowContext context) => new WebSocketDissector(context);
}
