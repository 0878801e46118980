using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Records;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Raw;

/// <summary>A piece of a TCP stream, or a UDP datagram: <c>src</c> sent it, <c>data.payload</c> holds it.</summary>
internal sealed class RawItem : Item
{
    private RawPayload? _data;

    public RawItem(FlowContext context, Protocol protocol, Direction direction, Timestamp timestamp, ReadOnlyMemory<byte> payload)
        : base(context, direction, timestamp)
    {
        (Protocol, Payload) = (protocol, payload);
    }

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = Declare("RawItem", "A piece of a TCP stream in order, or a UDP datagram.", EmptyMessage.RecordType, EmptyMessage.RecordType, [RawPayload.RecordType],
        new Field("data", "RawPayload", "What was sent.", static r => FieldValue.From(((RawItem)r).Data)));

    /// <summary>The bytes that are kept.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    /// <inheritdoc/>
    public override Protocol Protocol { get; }

    /// <summary>None: a payload is no request, and <c>data</c> holds it.</summary>
    public override Record? Request => null;

    /// <inheritdoc/>
    public override Record? Response => null;

    /// <summary>Whether the initiator sent it, so that statistics tell the sides apart.</summary>
    public override bool HasRequest => RequestDirection == Direction.Forward;

    /// <inheritdoc/>
    public override bool HasResponse => RequestDirection == Direction.Reverse;

    private RawPayload Data => _data ??= new RawPayload(this);
}
