using Wirehook.Dissection.Items;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.WebSocket;

/// <summary>A message that came in several frames, put together and expanded.</summary>
internal sealed class WebSocketMessage(WebSocketOpcode opcode, int frames, long length, ReadOnlyMemory<byte> payload) : Record
{
    private readonly ReadOnlyMemory<byte> _payload = payload;
    private readonly WebSocketOpcode _opcode = opcode;
    private readonly int _frames = frames;
    private readonly long _length = length;
    private string? _text;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("WebSocketMessage", "A WebSocket message that came in several frames.",
    [
        new("opCode", "\"Text\" | \"Binary\"", "What the message is.", static r => FieldValue.From(WebSocketOpcodes.NameOf(((WebSocketMessage)r)._opcode))),
        new("frames", "number", "How many frames it came in.", static r => FieldValue.From(((WebSocketMessage)r)._frames)),
        new("payloadLength", "number", "Bytes of its payload on the wire.", static r => FieldValue.From(((WebSocketMessage)r)._length)),
        new("payload", "string", "The payload, unmasked and expanded: as text where it is valid UTF-8, otherwise in base64.", static r => FieldValue.From(((WebSocketMessage)r).Payload)),
        new("encoding", "\"utf8\" | \"base64\"", "How `payload` is given.", static r => FieldValue.From(PayloadText.EncodingOf(((WebSocketMessage)r)._payload.Span))),
        new("compressed", "boolean", "Present and true where `payload` is still compressed.",
            static r => ((WebSocketMessage)r).IsCompressed ? FieldValue.From(true) : FieldValue.Absent, Optional: true),
        new("truncated", "boolean", "Present and true when part of the payload is not there.",
            static r => ((WebSocketMessage)r).IsTruncated ? FieldValue.From(true) : FieldValue.Absent, Optional: true),
    ]);

    /// <summary>Whether the payload is given as it is on the wire, compressed.</summary>
    public bool IsCompressed { get; init; }

    /// <summary>Whether part of the payload is not there.</summary>
    public bool IsTruncated { get; init; }

    /// <summary>Bytes of the payload that are kept, expanded.</summary>
    public long KeptBytes => _payload.Length;

    /// <summary>The payload as text or in base64.</summary>
    public string Payload => _text ??= PayloadText.Read(_payload.Span);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;
}
