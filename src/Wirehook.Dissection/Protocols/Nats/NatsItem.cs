using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Records;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Nats;

/// <summary>A protocol message with the server's or client's answer, or one of both alone. Its <c>src</c> is whoever sent the request.</summary>
internal sealed class NatsItem(FlowContext context, Direction requestDirection, Timestamp timestamp, NatsMessage? request, NatsMessage? response) : Item(context, requestDirection, timestamp)
{
    private readonly NatsMessage? _request = request;
    private readonly NatsMessage? _response = response;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = Declare("NatsItem", "A NATS protocol message and its answer.", NatsMessage.RecordType, NatsMessage.RecordType);

    /// <summary>Whether bytes of the message were not captured.</summary>
    public bool IsBroken { get; init; }

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    /// <inheritdoc/>
    public override Protocol Protocol => NatsModule.Nats;

    /// <inheritdoc/>
    public override Record? Request => _request;

    /// <inheritdoc/>
    public override Record? Response => _response;

    /// <inheritdoc/>
    public override bool HasRequest => _request is not null && !IsBroken;

    /// <inheritdoc/>
    public override bool HasResponse => _response is not null && !IsBroken;
}
