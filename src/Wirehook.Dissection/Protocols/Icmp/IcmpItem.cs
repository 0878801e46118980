using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Records;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Icmp;

/// <summary>An ICMP message, or a request with its reply. It keeps the messages as captured and reads them when fields are asked for.</summary>
internal sealed class IcmpItem : Item
{
    private readonly ReadOnlyMemory<byte> _request;
    private readonly ReadOnlyMemory<byte> _response;
    private IcmpMessage? _requestRecord;
    private IcmpMessage? _responseRecord;

    public IcmpItem(FlowContext context, Protocol protocol, Direction requestDirection, Timestamp timestamp, ReadOnlyMemory<byte> request, ReadOnlyMemory<byte> response)
        : base(context, requestDirection, timestamp)
    {
        (Protocol, _request, _response) = (protocol, request, response);
    }

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } =
        Declare("IcmpItem", "An ICMP or ICMPv6 message, or a request and its reply.", IcmpMessage.RecordType, IcmpMessage.RecordType);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    /// <inheritdoc/>
    public override Protocol Protocol { get; }

    /// <inheritdoc/>
    public override Record? Request => HasRequest ? _requestRecord ??= new IcmpMessage(_request, RequestSize, IsVersion6) : null;

    /// <inheritdoc/>
    public override Record? Response => HasResponse ? _responseRecord ??= new IcmpMessage(_response, ResponseSize, IsVersion6) : null;

    /// <inheritdoc/>
    public override bool HasRequest => !_request.IsEmpty;

    /// <inheritdoc/>
    public override bool HasResponse => !_response.IsEmpty;

    private bool IsVersion6 => Protocol == IcmpModule.Version6;
}
