using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Framing;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Records;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Mongo;

/// <summary>A MongoDB request with its response, or one of them alone.</summary>
internal sealed class MongoItem : Item
{
    private readonly FramedMessage _requestMessage;
    private readonly FramedMessage _responseMessage;
    private MongoRequest? _request;
    private MongoResponse? _response;

    public MongoItem(FlowContext context, Direction clientDirection, in FramedMessage request, in FramedMessage response)
        : base(context, clientDirection, request.IsEmpty ? response.Started : request.Started)
    {
        (_requestMessage, _responseMessage) = (request, response);
        (RequestSize, ResponseSize) = (request.Size, response.Size);
    }

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = Declare("MongoItem", "A MongoDB request with its response.", MongoRequest.RecordType, MongoResponse.RecordType);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    /// <inheritdoc/>
    public override Protocol Protocol => MongoModule.Mongo;

    /// <inheritdoc/>
    public override bool HasRequest => !_requestMessage.IsEmpty && !_requestMessage.Broken;

    /// <inheritdoc/>
    public override bool HasResponse => !_responseMessage.IsEmpty && !_responseMessage.Broken;

    /// <inheritdoc/>
    public override Record? Request => _requestMessage.IsEmpty ? null : _request ??= new MongoRequest(_requestMessage, Context.Options.BodyLimit);

    /// <inheritdoc/>
    public override Record? Response => _responseMessage.IsEmpty ? null : _response ??= new MongoResponse(_responseMessage, Context.Options.BodyLimit);
}
