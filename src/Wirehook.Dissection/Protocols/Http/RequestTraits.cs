namespace Wirehook.Dissection.Protocols.Http;

/// <summary>What the framing of a response and the pairing need of its request, without the request's bytes.</summary>
/// <param name="IsHead">The method is HEAD.</param>
/// <param name="IsConnect">The method is CONNECT.</param>
/// <param name="HeadEnded">When the head's last byte came, in the order of delivery.</param>
internal readonly record struct RequestTraits(bool IsHead, bool IsConnect, long HeadEnded)
{
    public static RequestTraits Of(Http1Message request) => new(request.IsHead, request.IsConnect, request.HeadEnded.Order);
}
