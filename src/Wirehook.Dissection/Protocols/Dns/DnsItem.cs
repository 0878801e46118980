using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Records;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Dns;

/// <summary>A DNS query, response or pair. It keeps the messages as captured and reads names and records from them when fields are asked for.</summary>
internal sealed class DnsItem : Item
{
    private readonly ReadOnlyMemory<byte> _request;
    private readonly ReadOnlyMemory<byte> _response;
    private DnsRequest? _requestRecord;
    private DnsResponse? _responseRecord;

    /// <summary>An item of <paramref name="context"/>'s flow.</summary>
    /// <param name="context">The flow's context.</param>
    /// <param name="protocol">DNS, mDNS or LLMNR.</param>
    /// <param name="requestDirection">The direction in which the query travels.</param>
    /// <param name="timestamp">When the first message was captured.</param>
    /// <param name="request">The message that holds the operation and questions, empty where there was no query.</param>
    /// <param name="response">The response message, empty where there was none.</param>
    public DnsItem(
        FlowContext context, Protocol protocol, Direction requestDirection, Timestamp timestamp, ReadOnlyMemory<byte> request, ReadOnlyMemory<byte> response)
        : base(context, requestDirection, timestamp)
    {
        (Protocol, _request, _response) = (protocol, request, response);
    }

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } =
        Declare("DnsItem", "A DNS, mDNS or LLMNR query and its response.", DnsRequest.RecordType, DnsResponse.RecordType);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    /// <inheritdoc/>
    public override Protocol Protocol { get; }

    /// <inheritdoc/>
    public override Record? Request => HasRequest ? _requestRecord ??= new DnsRequest(_request) : null;

    /// <inheritdoc/>
    public override Record? Response => HasResponse ? _responseRecord ??= new DnsResponse(_response) : null;

    /// <inheritdoc/>
    public override bool HasRequest => !_request.IsEmpty;

    /// <inheritdoc/>
    public override bool HasResponse => !_response.IsEmpty;
}
