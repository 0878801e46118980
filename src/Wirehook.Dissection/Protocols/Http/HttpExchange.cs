using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Http;

/// <summary>A request with its response, or one of them alone, about to become an item.</summary>
/// <param name="Context">The flow's context.</param>
/// <param name="ClientDirection">The direction in which the request travels.</param>
/// <param name="Request">The request, or null.</param>
/// <param name="Response">The response, or null; one of both is there.</param>
/// <param name="Error">Why the exchange is incomplete, or null.</param>
/// <param name="Elapsed">Milliseconds from the request's first byte to the response's last; 0 where one of them is missing.</param>
internal readonly record struct HttpExchange(
    FlowContext Context, Direction ClientDirection, HttpMessage? Request, HttpMessage? Response, ItemError? Error, long Elapsed);
