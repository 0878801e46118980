using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Records;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Http;

/// <summary>An HTTP/1 request with its response, or one of them alone.</summary>
public sealed class HttpItem : Item
{
    private readonly HttpMessage? _requestMessage;
    private readonly HttpMessage? _responseMessage;
    private HttpRequest? _request;
    private HttpResponse? _response;

    internal HttpItem(FlowContext context, Direction clientDirection, HttpMessage? request, HttpMessage? response, ItemError? error, long elapsed)
        : base(context, clientDirection, (request ?? response!).Started.Time)
    {
        (_requestMessage, _responseMessage) = (request, response);
        (Error, ElapsedMilliseconds) = (error, elapsed);
        (RequestSize, ResponseSize) = (request?.Size ?? 0, response?.Size ?? 0);
    }

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = Declare("HttpItem", "An HTTP/1 request with its response.", HttpRequest.RecordType, HttpResponse.RecordType);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    /// <inheritdoc/>
    public override Protocol Protocol => Carrier ?? (_requestMessage ?? _responseMessage!) switch
    {
        { IsSimple: true } => HttpModule.Http09,
        { IsVersion10: true } => HttpModule.Http10,
        _ => HttpModule.Http11,
    };

    /// <summary>The protocol that carries HTTP messages outside of HTTP's own connections; null for HTTP itself.</summary>
    internal Protocol? Carrier { get; init; }

    /// <inheritdoc/>
    public override bool HasRequest => _requestMessage is { IsCounted: true };

    /// <inheritdoc/>
    public override bool HasResponse => _responseMessage is { IsCounted: true };

    /// <inheritdoc/>
    public override Record? Request => _requestMessage is null ? null : _request ??= new HttpRequest(_requestMessage, Context.Options.DecodedBodyLimit);

    /// <inheritdoc/>
    public override Record? Response => _responseMessage is null ? null : _response ??= new HttpResponse(_responseMessage, Context.Options.DecodedBodyLimit);
}
