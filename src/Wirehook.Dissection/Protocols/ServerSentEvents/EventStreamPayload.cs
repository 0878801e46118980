using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Protocols.Http;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.ServerSentEvents;

/// <summary>Follows responses of type <c>text/event-stream</c>, which may stay open for days: each event is an item as it comes, the response itself at its end.</summary>
internal sealed class EventStreamPayload : HttpPayload
{
    /// <summary>None: the response itself is a plain HTTP item.</summary>
    public override HttpItem? Recognise(in HttpExchange exchange) => null;

    public override HttpBodyFollower? Follow(FlowContext context, Direction clientDirection, HttpMessage? request, HttpMessage response)
    {
        // Some servers say that there is no coding, which keeps proxies from adding one.
        if (!response.ContentType.StartsWith("text/event-stream"u8) || response.Find("content-encoding"u8) is not ("" or "none" or "identity")) return null;
        return new EventStreamReader(context, clientDirection, request);
    }
}
