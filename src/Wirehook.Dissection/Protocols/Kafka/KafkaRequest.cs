using System.Text;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Kafka;

/// <summary>A request: its header, and its body where the api is decoded.</summary>
internal sealed class KafkaRequest(KafkaMessage message, int bytes) : Record
{
    private FieldMap? _payload;
    private string? _problem;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("KafkaRequest", "A request of Kafka's protocol.",
    [
        new("size", "number", "Bytes of the request behind its size.", static r => FieldValue.From(((KafkaRequest)r).Message.Size - KafkaRequestHeader.SizeLength)),
        new("apiKeyName", "string", "What is asked for, such as `Produce`.", static r => FieldValue.From(KafkaApis.Name(((KafkaRequest)r).Message.Key))),
        new("apiKey", "number", "The api's number.", static r => FieldValue.From(((KafkaRequest)r).Message.Key)),
        new("apiVersion", "number", "The api's version.", static r => FieldValue.From(((KafkaRequest)r).Message.Version)),
        new("correlationID", "number", "Identifies the request on its connection.", static r => FieldValue.From(((KafkaRequest)r).Message.CorrelationId)),
        new("clientID", "string", "The client's name for itself, or empty.", static r => FieldValue.From(((KafkaRequest)r).ClientId)),
        new("payload", "{ [name: string]: any }", "The body by name; `{}` for an api that is not decoded.", static r => FieldValue.From(((KafkaRequest)r).Payload)),
        new("captureTime", "string", "When its last byte was captured, RFC 3339.", static r => FieldValue.From(((KafkaRequest)r).Message.Timestamp.ToString())),
        new("truncated", "boolean", "Present and true when part of the message is not there.", static r => ((KafkaRequest)r).Truncated, Optional: true),
        new("problem", "string", "Why the payload is incomplete; absent where it is whole.", static r => ((KafkaRequest)r).Problem, Optional: true),
    ], KafkaRecordSet.RecordType);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private KafkaMessage Message => message;

    private string ClientId => Encoding.UTF8.GetString(message.Data.Span.Slice(message.HeadLength - message.ClientIdLength, message.ClientIdLength));

    private FieldMap Payload => _payload ??= message.ReadRequest(bytes, out _problem);

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
