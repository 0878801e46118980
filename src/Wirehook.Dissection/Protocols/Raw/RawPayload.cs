using System.Text;
using System.Text.Unicode;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Raw;

/// <summary>The payload as text where it is UTF-8, so that scripts compare it with what they know, and as base64 where it is not.</summary>
internal sealed class RawPayload(RawItem item) : Record
{
    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("RawPayload", "Bytes as they were sent.",
    [
        new("payload", "string", "The bytes: text where they are UTF-8, otherwise base64.", static r => FieldValue.From(((RawPayload)r).Text)),
        new("encoding", "string", "`base64` where the payload is not text; only present then.", static r => FieldValue.From(((RawPayload)r).IsText ? null : "base64"), Optional: true),
        new("length", "number", "How many bytes were sent.", static r => FieldValue.From(((RawPayload)r).Length)),
        new("truncated", "boolean", "Whether bytes are missing from the payload; only present then.", static r => ((RawPayload)r).Truncated ? FieldValue.From(true) : FieldValue.Absent, Optional: true),
    ]);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private bool IsText => Utf8.IsValid(item.Payload.Span);

    private string Text => IsText ? Encoding.UTF8.GetString(item.Payload.Span) : Convert.ToBase64String(item.Payload.Span);

    private long Length => item.RequestSize;

    private bool Truncated => item.Payload.Length < item.RequestSize;
}
