namespace Wirehook.Dissection.Contract;

/// <summary>What a dissector that hands its stream over knows of the protocol that follows: an HTTP Upgrade or CONNECT, STARTTLS, a proxy's handshake.</summary>
/// <param name="protocol">The protocol that was agreed on, in lower case as its token says: <c>websocket</c>, <c>h2c</c>, <c>tls</c>; <c>connect</c> for a tunnel of HTTP; empty where unknown.</param>
public sealed class Upgrade(string protocol)
{
    /// <summary>The protocol that was agreed on, such as <c>websocket</c>, <c>h2c</c>, <c>tls</c> or <c>connect</c>.</summary>
    public string Protocol { get; } = protocol;

    /// <summary>The HTTP/1 request head that asked for it, as sent; empty where there was none or it was not captured.</summary>
    public ReadOnlyMemory<byte> RequestHead { get; init; }

    /// <summary>When the first byte of that request was captured.</summary>
    public Packets.Timestamp RequestStarted { get; init; }

    /// <summary>The HTTP/1 response head that agreed; empty where there was none.</summary>
    public ReadOnlyMemory<byte> ResponseHead { get; init; }

    /// <summary>Which side spoke as the client so far.</summary>
    public Packets.Flows.Direction ClientDirection { get; init; }

    /// <summary>
    /// The name of the protocol that goes on behind <see cref="Protocol"/> (inside TLS, say), such as <c>mysql</c>: its module is asked first and may answer
    /// <see cref="Detection.Certain"/> on its strength. Null where nothing is agreed.
    /// </summary>
    public string? Inner { get; init; }

    /// <summary>What the module named by <see cref="Inner"/> keeps for its dissector behind the hand-over; of that module's own type.</summary>
    public object? State { get; init; }
}
