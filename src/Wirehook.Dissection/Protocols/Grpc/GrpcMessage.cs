using Wirehook.Dissection.Compression;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Protobuf;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Grpc;

/// <summary>One message of a gRPC call, decompressed and decoded when it is read.</summary>
public sealed class GrpcMessage : Record
{
    private readonly ReadOnlyMemory<byte> _data;
    private readonly CompressionAlgorithm? _coding;
    private readonly MessageType? _type;
    private readonly ExpansionBudget _budget;
    private readonly bool _isCut;
    private ReadOnlyMemory<byte>? _content;
    private FieldMap? _message;
    private bool _decoded;
    private bool _cut;

    internal GrpcMessage(ReadOnlyMemory<byte> data, long length, bool compressed, CompressionAlgorithm? coding, MessageType? type, ExpansionBudget budget)
    {
        (_data, Length, IsCompressed, _coding, _type, _budget) = (data, length, compressed, coding, type, budget);
        _isCut = data.Length < length;
    }

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("GrpcMessage", "One message of a gRPC call.",
    [
        new("length", "number", "Bytes of the message as sent.", static r => FieldValue.From(((GrpcMessage)r).Length)),
        new("compressed", "boolean", "Whether the message was compressed.", static r => FieldValue.From(((GrpcMessage)r).IsCompressed)),
        new("message", "{ [field: string]: any }",
            "The protocol buffer: by field names where its type is known (setting `dissection.protobuf`), by field numbers and a guess at the types otherwise; absent where it is none.",
            static r => FieldValue.From(((GrpcMessage)r).Message), Optional: true),
        new("data", "string", "The bytes in base64, where they are no protocol buffer.", static r => FieldValue.From(((GrpcMessage)r).Data), Optional: true),
        new("truncated", "boolean", "Present and true when part of the message is not there.", static r => ((GrpcMessage)r).TruncatedField, Optional: true),
    ]);

    /// <summary>Bytes of the message as sent.</summary>
    public long Length { get; }

    /// <summary>Whether the message was compressed.</summary>
    public bool IsCompressed { get; }

    /// <summary>The protocol buffer's fields, or null where it is none.</summary>
    public FieldMap? Message
    {
        get
        {
            Decode();
            return _message;
        }
    }

    /// <summary>The bytes in base64, where they are no protocol buffer; null otherwise.</summary>
    public string? Data => Message is null ? Convert.ToBase64String(Content.Span) : null;

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private FieldValue TruncatedField
    {
        get
        {
            Decode();
            return _isCut || _cut ? FieldValue.From(true) : FieldValue.Absent;
        }
    }

    private ReadOnlyMemory<byte> Content => _content ??= Decompress();

    private ReadOnlyMemory<byte> Decompress()
    {
        if (!IsCompressed || _coding is not { } coding) return _data;
        var result = Decompression.Run(coding, _data.Span, _budget.Limit);
        _budget.Spend(result.Data.Length);
        _cut |= !result.IsWhole;
        return result.Data;
    }

    private void Decode()
    {
        if (_decoded) return;
        _decoded = true;
        if (IsCompressed && _coding is null) return;
        var content = Content.Span;
        if (_isCut || _cut) return;
        var decoder = new ProtobufDecoder();
        _message = decoder.Decode(content, _type);
        _cut |= decoder.Cut;
    }
}
