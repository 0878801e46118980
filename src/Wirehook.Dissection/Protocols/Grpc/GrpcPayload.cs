using Wirehook.Dissection.Protocols.Http;

namespace Wirehook.Dissection.Protocols.Grpc;

/// <summary>
/// Recognises gRPC calls: content of type <c>application/grpc</c> with any suffix, or, where the types are not known, a <c>grpc-status</c> in the response.
/// </summary>
internal sealed class GrpcPayload : HttpPayload
{
    public override HttpItem? Recognise(in HttpExchange exchange)
    {
        var (request, response) = (exchange.Request, exchange.Response);
        var isGrpc = (request is not null && HasType(request)) || (response is not null && (HasType(response) || HasStatus(response)));
        return isGrpc ? new GrpcItem(exchange) : null;
    }

    private static bool HasType(HttpMessage message) => message.ContentType.StartsWith("application/grpc"u8);

    private static bool HasStatus(HttpMessage response) => response.ContentType.IsEmpty && response is not Http1Message && response.Find("grpc-status"u8).Length > 0;
}
