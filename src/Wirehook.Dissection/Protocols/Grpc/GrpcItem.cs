using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Http;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Grpc;

/// <summary>A gRPC call: an HTTP item with what its messages say.</summary>
public sealed class GrpcItem : HttpItem
{
    private GrpcCall? _call;

    internal GrpcItem(in HttpExchange exchange)
        : base(exchange)
    {
    }

    /// <summary>The declaration of this record.</summary>
    public static RecordType ItemType { get; } = Declare("GrpcItem", "A gRPC call: an HTTP request with its response, and its messages.", HttpRequest.RecordType, HttpResponse.RecordType,
        [GrpcCall.RecordType], new Field("grpc", "GrpcCall", "What the call says.", static r => FieldValue.From(((GrpcItem)r).Call)));

    /// <summary>What the call says.</summary>
    public GrpcCall Call => _call ??= new GrpcCall(RequestMessage, ResponseMessage, Context.Options);

    /// <inheritdoc/>
    public override RecordType Type => ItemType;

    /// <inheritdoc/>
    public override Protocol Protocol => base.Protocol.Version == "2.0" ? GrpcModule.Grpc : GrpcModule.GrpcWeb;
}
