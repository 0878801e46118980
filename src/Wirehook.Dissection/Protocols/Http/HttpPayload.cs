using System.Reflection;
using Wirehook.Dissection.Contract;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Http;

/// <summary>
/// A format of HTTP content that makes items of its own, whatever version of HTTP carries it: gRPC, GraphQL, event streams. It lives in a folder of its own
/// beside HTTP's, and declares itself with <see cref="HttpPayloadAttribute"/>; HTTP names none.
/// </summary>
internal abstract class HttpPayload
{
    private static readonly HttpPayload[] All =
    [
        .. typeof(HttpPayload).Assembly.GetCustomAttributes<HttpPayloadAttribute>()
            .Select(a => (HttpPayload)Activator.CreateInstance(a.Payload)!).OrderBy(p => p.GetType().FullName, StringComparer.Ordinal),
    ];

    /// <summary>The item of <paramref name="exchange"/>: that of the first payload that recognises it, a plain HTTP item otherwise.</summary>
    public static HttpItem CreateItem(in HttpExchange exchange)
    {
        foreach (var payload in All)
        {
            if (payload.Recognise(exchange) is { } item) return item;
        }

        return new HttpItem(exchange);
    }

    /// <summary>Lets payloads that read a response's body as it comes follow <paramref name="response"/>, whose head is there.</summary>
    public static void FollowBody(FlowContext context, Direction clientDirection, HttpMessage? request, HttpMessage response)
    {
        if (response.ContentType.IsEmpty) return;
        foreach (var payload in All)
        {
            if (payload.Follow(context, clientDirection, request, response) is not { } follower) continue;
            response.Follower = follower;
            return;
        }
    }

    /// <summary>The item of an exchange whose content is of this format; null where it is not.</summary>
    /// <param name="exchange">The exchange.</param>
    public abstract HttpItem? Recognise(in HttpExchange exchange);

    /// <summary>Who reads the body of <paramref name="response"/> as it comes, for content that goes on for as long as the connection; null for nobody.</summary>
    /// <param name="context">The flow's context.</param>
    /// <param name="clientDirection">The direction in which requests travel.</param>
    /// <param name="request">The request that it answers, where that is certain already.</param>
    /// <param name="response">The response, without body so far.</param>
    public virtual HttpBodyFollower? Follow(FlowContext context, Direction clientDirection, HttpMessage? request, HttpMessage response) => null;
}

/// <summary>Declares a payload, beside it: <c>[assembly: HttpPayload(typeof(GrpcPayload))]</c>.</summary>
/// <param name="payload">A class derived from <see cref="HttpPayload"/> with a constructor without parameters.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class HttpPayloadAttribute(Type payload) : Attribute
{
    /// <summary>The payload's class.</summary>
    public Type Payload { get; } = payload;
}

/// <summary>Reads the body of one response as it comes. Its state is bounded.</summary>
internal abstract class HttpBodyFollower
{
    /// <summary>The next bytes of the body, without its framing and with its content codings.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="timestamp">When the packet that completed them was captured.</param>
    public abstract void OnData(ReadOnlySpan<byte> data, Timestamp timestamp);

    /// <summary>Bytes that it keeps between calls.</summary>
    public abstract int Held { get; }

    /// <summary>Bytes of the body are missing here.</summary>
    public abstract void OnGap();
}
