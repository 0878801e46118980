using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Framing;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Records;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Ldap;

/// <summary>An LDAP request with all its responses, or one message alone.</summary>
internal sealed class LdapItem : Item
{
    private readonly FramedMessage _requestMessage;
    private readonly FramedMessage _responseMessage;
    private readonly LdapParts? _parts;
    private Record? _request;
    private LdapResponse? _response;

    public LdapItem(FlowContext context, Direction clientDirection, in FramedMessage request, in FramedMessage response, LdapParts? parts)
        : base(context, clientDirection, request.IsEmpty && !response.IsEmpty ? response.Started : request.Started)
    {
        (_requestMessage, _responseMessage, _parts) = (request, response, parts);
        (RequestSize, ResponseSize) = (request.Size, response.Size + (parts?.Size ?? 0));
    }

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = Declare("LdapItem", "An LDAP request with its responses.", LdapRequest.RecordType, LdapResponse.RecordType);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    /// <inheritdoc/>
    public override Protocol Protocol => Context.Flow.Transport == TransportProtocol.Udp ? LdapModule.Datagram : LdapModule.Stream;

    /// <inheritdoc/>
    public override bool HasRequest => !_requestMessage.IsEmpty && !_requestMessage.Broken;

    /// <inheritdoc/>
    public override bool HasResponse => !_responseMessage.IsEmpty && !_responseMessage.Broken && !LacksParts;

    /// <summary>Whether responses before the last one may be missing from the capture.</summary>
    public bool LacksParts { get; init; }

    /// <summary>The SASL mechanism whose layer hides what follows; null in every other item.</summary>
    public string? OpaqueMechanism { get; init; }

    /// <inheritdoc/>
    public override Record? Request => _requestMessage.IsEmpty && OpaqueMechanism is null ? null : _request ??= new LdapRequest(_requestMessage, OpaqueMechanism);

    /// <inheritdoc/>
    public override Record? Response => _responseMessage.IsEmpty && _parts is null ? null : _response ??= new LdapResponse(_responseMessage, _parts);
}
