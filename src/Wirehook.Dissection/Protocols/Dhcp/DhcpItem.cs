using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Records;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Dhcp;

/// <summary>A DHCP request and its response, kept as captured and read when fields are asked for.</summary>
internal sealed class DhcpItem : Item
{
    private readonly ReadOnlyMemory<byte> _request;
    private readonly ReadOnlyMemory<byte> _response;
    private DhcpMessage? _requestRecord;
    private DhcpMessage? _responseRecord;

    public DhcpItem(FlowContext context, Direction requestDirection, Timestamp timestamp, ReadOnlyMemory<byte> request, ReadOnlyMemory<byte> response)
        : base(context, requestDirection, timestamp)
    {
        (_request, _response) = (request, response);
    }

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = Declare("DhcpItem", "A DHCP request and its response.", DhcpMessage.RecordType, DhcpMessage.RecordType);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    /// <inheritdoc/>
    public override Protocol Protocol => DhcpModule.Version4;

    /// <inheritdoc/>
    public override Record? Request => HasRequest ? _requestRecord ??= new DhcpMessage(_request) : null;

    /// <inheritdoc/>
    public override Record? Response => HasResponse ? _responseRecord ??= new DhcpMessage(_response) : null;

    /// <inheritdoc/>
    public override bool HasRequest => !_request.IsEmpty;

    /// <inheritdoc/>
    public override bool HasResponse => !_response.IsEmpty;
}
