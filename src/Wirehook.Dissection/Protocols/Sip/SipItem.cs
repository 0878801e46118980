using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Records;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Sip;

/// <summary>A request with its final response, or one of both alone. Its <c>src</c> is whoever sent the request.</summary>
internal sealed class SipItem(FlowContext context, Direction requestDirection, Timestamp timestamp, SipMessage? request, SipMessage? response) : Item(context, requestDirection, timestamp)
{
    private readonly SipMessage? _requestMessage = request;
    private readonly SipMessage? _responseMessage = response;
    private SipRequest? _request;
    private SipResponse? _response;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = Declare("SipItem", "A SIP request and its final response.", SipRequest.RecordType, SipResponse.RecordType);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    /// <inheritdoc/>
    public override Protocol Protocol => SipModule.OfFlow(Context);

    /// <inheritdoc/>
    public override Record? Request => _requestMessage is null ? null : _request ??= new SipRequest(_requestMessage);

    /// <inheritdoc/>
    public override Record? Response => _responseMessage is null ? null : _response ??= new SipResponse(_responseMessage);

    /// <inheritdoc/>
    public override bool HasRequest => _requestMessage is { IsBroken: false };

    /// <inheritdoc/>
    public override bool HasResponse => _responseMessage is { IsBroken: false };
}
