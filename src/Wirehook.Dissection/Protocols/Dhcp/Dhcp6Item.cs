using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Records;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Dhcp;

/// <summary>A DHCPv6 request and its response, kept as captured and read when fields are asked for.</summary>
internal sealed class Dhcp6Item : Item
{
    private readonly ReadOnlyMemory<byte> _request;
    private readonly ReadOnlyMemory<byte> _response;
    private Dhcp6Message? _requestRecord;
    private Dhcp6Message? _responseRecord;

    public Dhcp6Item(FlowContext context, Direction requestDirection, Timestamp timestamp, ReadOnlyMemory<byte> request, ReadOnlyMemory<byte> response)
        : base(context, requestDirection, timestamp)
    {
        (_request, _response) = (request, response);
    }

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = Declare("Dhcp6Item", "A DHCPv6 request and its response.", Dhcp6Message.RecordType, Dhcp6Message.RecordType);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    /// <inheritdoc/>
    public override Protocol Protocol => DhcpModule.Version6;

    /// <inheritdoc/>
    public override Record? Request => HasRequest ? _requestRecord ??= new Dhcp6Message(_request) : null;

    /// <inheritdoc/>
    public override Record? Response => HasResponse ? _responseRecord ??= new Dhcp6Message(_response) : null;

    /// <inheritdoc/>
    public override bool HasRequest => !_request.IsEmpty;

    /// <inheritdoc/>
    public override bool HasResponse => !_response.IsEmpty;
}
