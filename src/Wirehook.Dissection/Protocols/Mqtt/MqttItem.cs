using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Records;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Mqtt;

/// <summary>A packet with its acknowledgement, or one of both alone. Its <c>src</c> is whoever sent the request, client or server.</summary>
internal sealed class MqttItem(FlowContext context, Direction requestDirection, Timestamp timestamp, MqttPacket? request, MqttPacket? response) : Item(context, requestDirection, timestamp)
{
    private readonly MqttPacket? _request = request;
    private readonly MqttPacket? _response = response;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } =
        Declare("MqttItem", "An MQTT packet and its acknowledgement.", MqttPacket.RecordType, MqttPacket.RecordType);

    /// <summary>Whether bytes of the packet were not captured.</summary>
    public bool IsBroken { get; init; }

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    /// <inheritdoc/>
    public override Protocol Protocol => MqttModule.OfLevel((_request ?? _response!).Level);

    /// <inheritdoc/>
    public override Record? Request => _request;

    /// <inheritdoc/>
    public override Record? Response => _response;

    /// <inheritdoc/>
    public override bool HasRequest => _request is not null && !IsBroken;

    /// <inheritdoc/>
    public override bool HasResponse => _response is not null && !IsBroken;
}
