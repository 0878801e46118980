using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Http;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.GraphQl;

/// <summary>A GraphQL request: an HTTP item with what its operations say.</summary>
public sealed class GraphQlItem : HttpItem
{
    private GraphQlCall? _call;

    internal GraphQlItem(in HttpExchange exchange)
        : base(exchange)
    {
    }

    /// <summary>The declaration of this record.</summary>
    public static RecordType ItemType { get; } = Declare("GraphQlItem", "A GraphQL request: an HTTP request with its response, and its operations.", HttpRequest.RecordType, HttpResponse.RecordType,
        [GraphQlCall.RecordType], new Field("graphql", "GraphQlCall", "What the request asks for.", static r => FieldValue.From(((GraphQlItem)r).Call)));

    /// <summary>What the request asks for.</summary>
    public GraphQlCall Call => _call ??= new GraphQlCall(RequestMessage!, ResponseMessage, Context.Options.DecodedBodyLimit);

    /// <inheritdoc/>
    public override RecordType Type => ItemType;

    /// <inheritdoc/>
    public override Protocol Protocol => base.Protocol.Version == "2.0" ? GraphQlModule.OverHttp2 : GraphQlModule.OverHttp1;
}
