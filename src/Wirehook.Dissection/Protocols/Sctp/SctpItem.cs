using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Records;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Sctp;

/// <summary>One chunk, kept as captured and read when fields are asked for.</summary>
internal sealed class SctpItem(FlowContext context, Direction direction, Timestamp timestamp, ReadOnlyMemory<byte> chunk, SctpHeader header) : Item(context, direction, timestamp)
{
    private SctpChunk? _chunk;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = Declare("SctpItem", "A chunk of an SCTP packet.", SctpChunk.RecordType, EmptyMessage.RecordType);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    /// <inheritdoc/>
    public override Protocol Protocol => SctpModule.Sctp;

    /// <inheritdoc/>
    public override Record? Request => _chunk ??= new SctpChunk(chunk, header);

    /// <inheritdoc/>
    public override Record? Response => null;

    /// <inheritdoc/>
    public override bool HasRequest => true;

    /// <inheritdoc/>
    public override bool HasResponse => false;
}
