using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Contract;

/// <summary>A module's answer to the first bytes of a flow.</summary>
public enum Detection
{
    /// <summary>Not this protocol, whatever follows.</summary>
    No,

    /// <summary>Possible; more bytes (or, for UDP, another datagram) will tell.</summary>
    NeedMore,

    /// <summary>Probable: dissect, but keep the bytes until the first item, so that a rejection lets the other modules try.</summary>
    Likely,

    /// <summary>Beyond doubt: no other module is asked.</summary>
    Certain,
}

/// <summary>The first undissected bytes of a TCP stream, in both directions.</summary>
public readonly ref struct StreamOpening
{
    /// <summary>The flow.</summary>
    public required Flow Flow { get; init; }

    /// <summary>Bytes from the initiator so far; may be empty.</summary>
    public required ReadOnlySpan<byte> Forward { get; init; }

    /// <summary>Bytes from the responder so far; may be empty.</summary>
    public required ReadOnlySpan<byte> Reverse { get; init; }

    /// <summary>Whether the bytes are the first of the connection (or the first after a hand-over), and not the middle of a stream.</summary>
    public required bool AtStart { get; init; }

    /// <summary>Whether one of the flow's ports is one of the module's <see cref="ProtocolModule.Ports"/>.</summary>
    public required bool PortMatches { get; init; }

    /// <summary>Whether no more bytes will come before the decision: the buffer is full or the stream is over.</summary>
    public required bool Final { get; init; }

    /// <summary>What the protocol before this one said of what follows, or null.</summary>
    public Upgrade? Upgrade { get; init; }

    /// <summary>Whether the stream comes decrypted, or inside a stream that does.</summary>
    public bool Tls { get; init; }
}

/// <summary>A datagram of a flow that no module has taken yet.</summary>
public readonly ref struct DatagramOpening
{
    /// <summary>The flow.</summary>
    public required Flow Flow { get; init; }

    /// <summary>Who sent it.</summary>
    public required Direction Direction { get; init; }

    /// <summary>The payload as captured.</summary>
    public required ReadOnlySpan<byte> Data { get; init; }

    /// <summary>Payload bytes that the capture did not keep.</summary>
    public required int Missing { get; init; }

    /// <summary>Whether one of the flow's ports is one of the module's <see cref="ProtocolModule.Ports"/>.</summary>
    public required bool PortMatches { get; init; }
}
