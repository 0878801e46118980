using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Nats;
using Wirehook.Dissection.Records;

[assembly: ProtocolModule(typeof(NatsModule))]

namespace Wirehook.Dissection.Protocols.Nats;

/// <summary>The NATS client protocol over TCP, TLS and WebSocket.</summary>
public sealed class NatsModule : ProtocolModule
{
    internal static Protocol Nats { get; } = new()
    {
        Name = "nats",
        Version = "1",
        Abbreviation = "NATS",
        LongName = "NATS Client Protocol",
        Macro = "nats",
        BackgroundColor = "#27aae1",
        ForegroundColor = "#ffffff",
        FontSize = 12,
        ReferenceLink = "https://docs.nats.io/reference/reference-protocols/nats-protocol",
        Ports = [4222],
        Layer4 = "tcp",
        Priority = 9,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Protocol> Protocols { get; } = [Nats];

    /// <inheritdoc/>
    public override IReadOnlyList<RecordType> ItemTypes { get; } = [NatsItem.RecordType];

    /// <inheritdoc/>
    public override bool DissectsStreams => true;

    /// <inheritdoc/>
    public override Detection Detect(in StreamOpening opening)
    {
        var expected = opening.PortMatches || opening.Upgrade?.Inner == Nats.Name;
        var forward = NatsEvidence.Look(opening.Forward, expected, opening.Final);
        var reverse = NatsEvidence.Look(opening.Reverse, expected, opening.Final);
        return (Detection)Math.Max((int)forward, (int)reverse);
    }

    /// <inheritdoc/>
    public override StreamDissector CreateStreamDissector(FlowContext context) => new NatsDissector(context);
}
