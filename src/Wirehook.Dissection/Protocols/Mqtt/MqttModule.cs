using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Mqtt;
using Wirehook.Dissection.Records;

[assembly: ProtocolModule(typeof(MqttModule))]

namespace Wirehook.Dissection.Protocols.Mqtt;

/// <summary>MQTT 3.1, 3.1.1 and 5.0 over TCP, TLS and WebSocket.</summary>
public sealed class MqttModule : ProtocolModule
{
    private static readonly Protocol Version31 = Declare("3.1", "https://public.dhe.ibm.com/software/dw/webservices/ws-mqtt/mqtt-v3r1.html");
    private static readonly Protocol Version311 = Declare("3.1.1", "https://docs.oasis-open.org/mqtt/mqtt/v3.1.1/mqtt-v3.1.1.html");
    private static readonly Protocol Version5 = Declare("5.0", "https://docs.oasis-open.org/mqtt/mqtt/v5.0/mqtt-v5.0.html");

    /// <inheritdoc/>
    public override IReadOnlyList<Protocol> Protocols { get; } = [Version311, Version31, Version5];

    /// <inheritdoc/>
    public override IReadOnlyList<RecordType> ItemTypes { get; } = [MqttItem.RecordType];

    /// <inheritdoc/>
    public override bool DissectsStreams => true;

    /// <inheritdoc/>
    public override Detection Detect(in StreamOpening opening)
    {
        var expected = opening.PortMatches || Array.Exists([opening.Upgrade?.Protocol, opening.Upgrade?.Inner], n => n == Version311.Name);
        var forward = MqttEvidence.Look(opening.Forward, expected);
        var reverse = MqttEvidence.Look(opening.Reverse, expected);
        // What one direction says beyond doubt needs no support by the other, whose first packets have nothing unmistakable.
        if (forward == Detection.Certain || reverse == Detection.Certain) return Detection.Certain;
        if (forward == Detection.No && !opening.Forward.IsEmpty) return Detection.No;
        if (reverse == Detection.No && !opening.Reverse.IsEmpty) return Detection.No;
        var best = (Detection)Math.Max((int)forward, (int)reverse);
        return best == Detection.NeedMore && opening.Final ? Detection.No : best;
    }

    /// <inheritdoc/>
    public override StreamDissector CreateStreamDissector(FlowContext context) => new MqttDissector(context);

    /// <summary>The protocol of a connection whose protocol level (CONNECT) is <paramref name="level"/>.</summary>
    internal static Protocol OfLevel(int level) => level switch { 3 => Version31, 5 => Version5, _ => Version311 };

    private static Protocol Declare(string version, string reference) => new()
    {
        Name = "mqtt",
        Version = version,
        Abbreviation = "MQTT",
        LongName = "MQ Telemetry Transport -- " + version,
        Macro = "mqtt",
        BackgroundColor = "#660066",
        ForegroundColor = "#ffffff",
        FontSize = 12,
        ReferenceLink = reference,
        Ports = [1883, 8883],
        Layer4 = "tcp",
        Priority = 8,
    };
}
