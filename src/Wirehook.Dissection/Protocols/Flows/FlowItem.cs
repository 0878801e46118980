using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Records;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Flows;

/// <summary>One record of a connection or flow; <c>data</c> holds it.</summary>
internal sealed class FlowItem(FlowContext context, Protocol protocol, Timestamp timestamp, FlowRecord record) : Item(context, Direction.Forward, timestamp)
{
    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = Declare("FlowItem", "A record of a connection or flow: its packets, bytes, rates and state.", EmptyMessage.RecordType, EmptyMessage.RecordType, [FlowRecord.RecordType],
        new Field("data", "FlowRecord", "What was counted.", static r => FieldValue.From(((FlowItem)r).Data)));

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    /// <inheritdoc/>
    public override Protocol Protocol { get; } = protocol;

    /// <inheritdoc/>
    public override Record? Request => null;

    /// <inheritdoc/>
    public override Record? Response => null;

    /// <inheritdoc/>
    public override bool HasRequest => false;

    /// <inheritdoc/>
    public override bool HasResponse => false;

    private FlowRecord Data { get; } = record;
}
