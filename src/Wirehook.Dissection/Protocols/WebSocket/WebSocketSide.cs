using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.WebSocket;

/// <summary>How far one direction of a connection has been read.</summary>
internal sealed class WebSocketSide
{
    /// <summary>When the first byte of the frame that is not complete was captured.</summary>
    public Timestamp? Started { get; set; }

    /// <summary>Whether it is unknown where the next frame begins.</summary>
    public bool IsLost { get; set; }

    /// <summary>The frame that is passed over because it is too long to wait for or has lost bytes; null where none is.</summary>
    public WebSocketPassage? Passage { get; set; }

    /// <summary>The message of which not all frames have come.</summary>
    public WebSocketFragments? Fragments { get; set; }

    /// <summary>What messages expanded to so far; null before the first compressed one.</summary>
    public DeflateWindow? Window { get; set; }
}

/// <summary>A frame that is passed over.</summary>
/// <param name="header">Its header.</param>
/// <param name="payload">The kept beginning of its payload, as on the wire.</param>
/// <param name="remaining">Bytes of it that are still to come.</param>
internal sealed class WebSocketPassage(WebSocketFrameHeader header, ReadOnlyMemory<byte> payload, long remaining)
{
    /// <summary>Its header.</summary>
    public WebSocketFrameHeader Header { get; } = header;

    /// <summary>The kept beginning of its payload, as on the wire.</summary>
    public ReadOnlyMemory<byte> Payload { get; } = payload;

    /// <summary>Bytes of it that are still to come.</summary>
    public long Remaining { get; set; } = remaining;

    /// <summary>Whether bytes of it are missing.</summary>
    public bool IsBroken { get; set; }
}
