using Wirehook.Dissection.Items;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Http;

/// <summary>An HTTP request with its response, or one of them alone.</summary>
public class HttpItem : Item
{
    private readonly HttpMessage? _requestMessage;
    private readonly HttpMessage? _responseMessage;
    private HttpRequest? _request;
    private HttpResponse? _response;

    internal HttpItem(in HttpExchange exchange)
        : base(exchange.Context, exchange.ClientDirection, (exchange.Request ?? exchange.Response!).StartedAt)
    {
        (_requestMessage, _responseMessage) = (exchange.Request, exchange.Response);
        (Error, ElapsedMilliseconds) = (exchange.Error, exchange.Elapsed);
        (RequestSize, ResponseSize) = (_requestMessage?.Size ?? 0, _responseMessage?.Size ?? 0);
    }

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = Declare("HttpItem", "An HTTP request with its response.", HttpRequest.RecordType, HttpResponse.RecordType);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    /// <inheritdoc/>
    public override Protocol Protocol => Carrier ?? (_requestMessage ?? _responseMessage!).Protocol;

    /// <summary>The protocol that carries HTTP messages outside of HTTP's own connections; null for HTTP itself.</summary>
    internal Protocol? Carrier { get; init; }

    internal HttpMessage? RequestMessage => _requestMessage;

    internal HttpMessage? ResponseMessage => _responseMessage;

    /// <inheritdoc/>
    public override bool HasRequest => _requestMessage is { IsCounted: true };

    /// <inheritdoc/>
    public override bool HasResponse => _responseMessage is { IsCounted: true };

    /// <inheritdoc/>
    public override Record? Request => _requestMessage is null ? null : _request ??= new HttpRequest(_requestMessage, Context.Options.DecodedBodyLimit);

    /// <inheritdoc/>
    public override Record? Response => _responseMessage is null ? null : _response ??= new HttpResponse(_responseMessage, Context.Options.DecodedBodyLimit);
}
