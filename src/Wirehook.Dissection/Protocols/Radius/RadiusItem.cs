using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Records;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Radius;

/// <summary>A RADIUS request and its response, kept as captured and read when fields are asked for.</summary>
internal sealed class RadiusItem : Item
{
    private readonly ReadOnlyMemory<byte> _request;
    private readonly ReadOnlyMemory<byte> _response;
    private RadiusMessage? _requestRecord;
    private RadiusMessage? _responseRecord;

    public RadiusItem(FlowContext context, Direction requestDirection, Timestamp timestamp, ReadOnlyMemory<byte> request, ReadOnlyMemory<byte> response)
        : base(context, requestDirection, timestamp)
    {
        (_request, _response) = (request, response);
    }

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = Declare("RadiusItem", "A RADIUS request and its response.", RadiusMessage.RecordType, RadiusMessage.RecordType);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    /// <inheritdoc/>
    public override Protocol Protocol => RadiusModule.Radius;

    /// <inheritdoc/>
    public override Record? Request => HasRequest ? _requestRecord ??= new RadiusMessage(_request) : null;

    /// <inheritdoc/>
    public override Record? Response => HasResponse ? _responseRecord ??= new RadiusMessage(_response) : null;

    /// <inheritdoc/>
    public override bool HasRequest => !_request.IsEmpty;

    /// <inheritdoc/>
    public override bool HasResponse => !_response.IsEmpty;
}
