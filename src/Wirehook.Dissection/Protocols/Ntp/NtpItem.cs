using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Records;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Ntp;

/// <summary>A time or control request with its response, or a packet that stands alone; kept as captured and read when fields are asked for.</summary>
internal sealed class NtpItem : Item
{
    private readonly ReadOnlyMemory<byte> _request;
    private readonly ReadOnlyMemory<byte> _response;
    private NtpMessage? _requestRecord;
    private NtpMessage? _responseRecord;

    public NtpItem(FlowContext context, Direction requestDirection, Timestamp timestamp, ReadOnlyMemory<byte> request, ReadOnlyMemory<byte> response)
        : base(context, requestDirection, timestamp)
    {
        (_request, _response) = (request, response);
    }

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = Declare("NtpItem", "An NTP packet, or a request and its response.", NtpMessage.RecordType, NtpMessage.RecordType);

    /// <summary>When the response was captured; the epoch where the item is no pair.</summary>
    public Timestamp Answered { get; init; }

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    /// <inheritdoc/>
    public override Protocol Protocol => NtpModule.Ntp;

    /// <inheritdoc/>
    public override Record? Request => HasRequest ? _requestRecord ??= new NtpMessage(_request, RequestSize, null) : null;

    /// <inheritdoc/>
    public override Record? Response => HasResponse ? _responseRecord ??= new NtpMessage(_response, ResponseSize, HasRequest ? this : null) : null;

    /// <inheritdoc/>
    public override bool HasRequest => !_request.IsEmpty;

    /// <inheritdoc/>
    public override bool HasResponse => !_response.IsEmpty;
}
