using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Records;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Diameter;

/// <summary>A Diameter request and its response, kept as captured and read when fields are asked for.</summary>
internal sealed class DiameterItem : Item
{
    private readonly ReadOnlyMemory<byte> _request;
    private readonly ReadOnlyMemory<byte> _response;
    private DiameterMessage? _requestRecord;
    private DiameterMessage? _responseRecord;

    public DiameterItem(FlowContext context, Direction requestDirection, Timestamp timestamp, ReadOnlyMemory<byte> request, ReadOnlyMemory<byte> response)
        : base(context, requestDirection, timestamp)
    {
        (_request, _response) = (request, response);
    }

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = Declare("DiameterItem", "A Diameter request and its response.", DiameterMessage.RecordType, DiameterMessage.RecordType);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    /// <inheritdoc/>
    public override Protocol Protocol => DiameterModule.Diameter;

    /// <inheritdoc/>
    public override Record? Request => HasRequest ? _requestRecord ??= new DiameterMessage(_request) : null;

    /// <inheritdoc/>
    public override Record? Response => HasResponse ? _responseRecord ??= new DiameterMessage(_response) : null;

    /// <inheritdoc/>
    public override bool HasRequest => !_request.IsEmpty;

    /// <inheritdoc/>
    public override bool HasResponse => !_response.IsEmpty;
}
