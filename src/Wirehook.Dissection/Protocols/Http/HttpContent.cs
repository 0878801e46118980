using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Http;

/// <summary>The body of a response, its content codings taken off when it is read.</summary>
public sealed class HttpContent : Record
{
    private readonly HttpMessage _message;
    private readonly string _codings;
    private readonly int _limit;
    private ReadOnlyMemory<byte>? _decoded;
    private string? _text;
    private bool _cut;

    internal HttpContent(HttpMessage message, int limit)
    {
        (_message, _limit) = (message, limit);
        _codings = message.Find("content-encoding"u8);
        MimeType = message.Find("content-type"u8);
    }

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("HttpContent", "The body of a response.",
    [
        new("mimeType", "string", "The Content-Type header.", static r => FieldValue.From(((HttpContent)r).MimeType)),
        new("encoding", "string", "How `text` is encoded: always `base64`.", static _ => FieldValue.From("base64")),
        new("size", "number", "Bytes of the body without content codings.", static r => FieldValue.From(((HttpContent)r).Size)),
        new("text", "string", "The body without content codings, in base64; absent where it is empty.", static r => FieldValue.From(((HttpContent)r).Text), Optional: true)
        {
            Base64 = static r => ((HttpContent)r).TextBytes,
        },
        new("truncated", "boolean", "Present and true when part of the body is not there.", static r => ((HttpContent)r).TruncatedField, Optional: true),
    ]);

    /// <summary>The Content-Type header, or empty.</summary>
    public string MimeType { get; }

    /// <summary>Bytes of the body without content codings; of the whole body, where the part that is kept needs no decoding.</summary>
    public long Size => _codings.Length == 0 ? _message.BodySize : Decoded.Length;

    /// <summary>The body without content codings.</summary>
    public ReadOnlyMemory<byte> Decoded => _decoded ??= BodyDecoding.Decode(_message.Body(), _codings, _limit, out _cut);

    /// <summary>The body in base64, or null where it is empty.</summary>
    public string? Text => TextBytes.IsEmpty ? null : _text ??= Convert.ToBase64String(TextBytes.Span);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private ReadOnlyMemory<byte> TextBytes => _message.KeptBody == 0 ? default : Decoded;

    private FieldValue TruncatedField
    {
        get
        {
            if (_codings.Length > 0) _ = Decoded;
            return _message.Truncated || _cut ? FieldValue.From(true) : FieldValue.Absent;
        }
    }
}
