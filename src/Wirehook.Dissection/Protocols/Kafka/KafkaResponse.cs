using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Kafka;

/// <summary>A response: its header, and its body where the request is known and its api is decoded.</summary>
internal sealed class KafkaResponse(KafkaMessage message, KafkaMessage? request, int bytes) : Record
{
    private FieldMap? _payload;
    private string? _problem;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("KafkaResponse", "A response of Kafka's protocol.",
    [
        new("size", "number", "Bytes of the response behind its size.", static r => FieldValue.From(((KafkaResponse)r).Message.Size - KafkaRequestHeader.SizeLength)),
        new("correlationID", "number", "That of the request.", static r => FieldValue.From(((KafkaResponse)r).Message.CorrelationId)),
        new("payload", "{ [name: string]: any }", "The body by name; `{}` where the api is not decoded, or the request unknown.", static r => FieldValue.From(((KafkaResponse)r).Payload)),
        new("captureTime", "string", "When its last byte was captured, RFC 3339.", static r => FieldValue.From(((KafkaResponse)r).Message.Timestamp.ToString())),
        new("truncated", "boolean", "Present and true when part of the message is not there.", static r => ((KafkaResponse)r).Truncated, Optional: true),
        new("problem", "string", "Why the payload is incomplete; absent where it is whole.", static r => ((KafkaResponse)r).Problem, Optional: true),
    ], KafkaRecordSet.RecordType);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private KafkaMessage Message => message;

    private FieldMap Payload => _payload ??= request is null ? FieldMap.Empty : message.ReadResponse(request, bytes, out _problem);

    private FieldValue Truncated => message.IsTruncated ? FieldValue.From(true) : FieldValue.Absent;

    private FieldValue Problem
    {
        get
        {
            _ = Payload;
            return FieldValue.From(_problem);
        }
    }
}
