using System.Buffers.Binary;
using System.Text;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.WebSocket;

/// <summary>One frame. Its payload is unmasked, and expanded where it is a whole compressed message.</summary>
internal sealed class WebSocketFrame(WebSocketFrameHeader header, ReadOnlyMemory<byte> payload) : Record
{
    private readonly WebSocketFrameHeader _header = header;
    private string? _payload;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("WebSocketFrame", "A WebSocket frame.",
    [
        new("fin", "boolean", "Whether the frame is the last (or only) one of its message.", static r => FieldValue.From(((WebSocketFrame)r)._header.IsFinal)),
        new("rsv1", "boolean", "The first reserved bit: the message is compressed.", static r => FieldValue.From(((WebSocketFrame)r)._header.Rsv1)),
        new("rsv2", "boolean", "The second reserved bit.", static r => FieldValue.From(((WebSocketFrame)r)._header.Rsv2)),
        new("rsv3", "boolean", "The third reserved bit.", static r => FieldValue.From(((WebSocketFrame)r)._header.Rsv3)),
        new("opCode", "\"Continuation\" | \"Text\" | \"Binary\" | \"Close\" | \"Ping\" | \"Pong\"", "What the frame is.",
            static r => FieldValue.From(WebSocketOpcodes.NameOf(((WebSocketFrame)r)._header.Opcode))),
        new("payloadLength", "number", "Bytes of the payload on the wire.", static r => FieldValue.From(((WebSocketFrame)r)._header.PayloadLength)),
        new("masked", "boolean", "Whether the payload is masked on the wire, as every client's is.", static r => FieldValue.From(((WebSocketFrame)r)._header.IsMasked)),
        new("maskKey", "number", "The masking key; 0 where the payload is not masked.", static r => FieldValue.From(((WebSocketFrame)r)._header.MaskKey)),
        new("payload", "string", "The payload, unmasked and expanded: as text where it is valid UTF-8, otherwise in base64.", static r => FieldValue.From(((WebSocketFrame)r).Payload)),
        new("encoding", "\"utf8\" | \"base64\"", "How `payload` is given.", static r => FieldValue.From(PayloadText.EncodingOf(((WebSocketFrame)r)._bytes.Span))),
        new("closeCode", "number", "Close frames: the status code.", static r => ((WebSocketFrame)r).CloseCode, Optional: true),
        new("closeReason", "string", "Close frames: the reason.", static r => ((WebSocketFrame)r).CloseReason, Optional: true),
        new("compressed", "boolean", "Present and true where `payload` is still compressed: in a fragment, or where what it refers to was not captured.",
            static r => ((WebSocketFrame)r).IsCompressed ? FieldValue.From(true) : FieldValue.Absent, Optional: true),
        new("message", "WebSocketMessage", "On the last frame of a message in fragments: the whole message.", static r => FieldValue.From(((WebSocketFrame)r).Message), Optional: true),
        new("truncated", "boolean", "Present and true when part of the payload is not there.", static r => ((WebSocketFrame)r).IsTruncated ? FieldValue.From(true) : FieldValue.Absent, Optional: true),
    ], WebSocketMessage.RecordType);

    private readonly ReadOnlyMemory<byte> _bytes = payload;

    /// <summary>Whether the payload is given as it is on the wire, compressed.</summary>
    public bool IsCompressed { get; init; }

    /// <summary>Whether part of the payload is not there.</summary>
    public bool IsTruncated { get; init; }

    /// <summary>The message whose last frame this is, where it has several.</summary>
    public WebSocketMessage? Message { get; init; }

    /// <summary>Bytes of the payload that are kept, expanded, with those of the message whose last frame this is.</summary>
    public long KeptBytes => _bytes.Length + (Message?.KeptBytes ?? 0);

    /// <summary>The payload as text or in base64.</summary>
    public string Payload => _payload ??= PayloadText.Read(_bytes.Span);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    /// <summary>A close frame's status code (RFC 6455 §5.5.1).</summary>
    private FieldValue CloseCode => _header.Opcode == WebSocketOpcode.Close && _bytes.Length >= sizeof(ushort)
        ? FieldValue.From(BinaryPrimitives.ReadUInt16BigEndian(_bytes.Span))
        : FieldValue.Absent;

    private FieldValue CloseReason => _header.Opcode == WebSocketOpcode.Close && _bytes.Length >= sizeof(ushort)
        ? FieldValue.From(Encoding.UTF8.GetString(_bytes.Span[sizeof(ushort)..]))
        : FieldValue.Absent;
}
