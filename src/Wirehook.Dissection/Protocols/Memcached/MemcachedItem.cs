using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Framing;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Records;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Memcached;

/// <summary>A memcached request with its response, or one of them alone.</summary>
internal sealed class MemcachedItem : Item
{
    private readonly FramedMessage _requestMessage;
    private readonly FramedMessage _responseMessage;
    private MemcachedRequest? _request;
    private MemcachedResponse? _response;

    public MemcachedItem(FlowContext context, Direction clientDirection, in FramedMessage request, in FramedMessage response)
        : base(context, clientDirection, request.IsEmpty ? response.Started : request.Started)
    {
        (_requestMessage, _responseMessage) = (request, response);
        (RequestSize, ResponseSize) = (request.Size, response.Size);
    }

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = Declare("MemcachedItem", "A memcached request with its response.", MemcachedRequest.RecordType, MemcachedResponse.RecordType);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    /// <inheritdoc/>
    public override Protocol Protocol => Context.Flow.Transport == TransportProtocol.Udp ? MemcachedModule.Datagram : MemcachedModule.Stream;

    /// <inheritdoc/>
    public override bool HasRequest => !_requestMessage.IsEmpty && !_requestMessage.Broken;

    /// <inheritdoc/>
    public override bool HasResponse => !_responseMessage.IsEmpty && !_responseMessage.Broken;

    /// <inheritdoc/>
    public override Record? Request => _requestMessage.IsEmpty ? null : _request ??= new MemcachedRequest(_requestMessage);

    /// <inheritdoc/>
    public override Record? Response => _responseMessage.IsEmpty ? null : _response ??= new MemcachedResponse(_responseMessage);
}
