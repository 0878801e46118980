using System.Text;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Http;

/// <summary>The body of a request: a form's parameters, or text.</summary>
public sealed class HttpPostData : Record
{
    private readonly HttpMessage _message;
    private readonly int _limit;
    private string? _text;
    private FieldValue[]? _params;
    private bool _cut;

    internal HttpPostData(HttpMessage message, int limit)
    {
        (_message, _limit) = (message, limit);
        MimeType = message.Find("content-type"u8);
    }

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("HttpPostData", "The body of a request.",
    [
        new("mimeType", "string", "The Content-Type header.", static r => FieldValue.From(((HttpPostData)r).MimeType)),
        new("params", "HttpParam[]", "The parameters, where the body is a form.", static r => FieldValue.From(((HttpPostData)r).Params)),
        new("text", "string", "The body as text; empty where it is a form.", static r => FieldValue.From(((HttpPostData)r).Text)),
        new("truncated", "boolean", "Present and true when part of the body is not there.", static r => ((HttpPostData)r).TruncatedField, Optional: true),
    ], HttpParam.RecordType);

    /// <summary>The Content-Type header, or empty.</summary>
    public string MimeType { get; }

    /// <summary>The parameters, where the body is a form.</summary>
    public IReadOnlyList<FieldValue> Params
    {
        get
        {
            Parse();
            return _params!;
        }
    }

    /// <summary>The body as text; empty where it is a form.</summary>
    public string Text
    {
        get
        {
            Parse();
            return _text!;
        }
    }

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private FieldValue TruncatedField
    {
        get
        {
            Parse();
            return _message.Truncated || _cut ? FieldValue.From(true) : FieldValue.Absent;
        }
    }

    private void Parse()
    {
        if (_text is not null) return;
        var body = BodyDecoding.Decode(_message.Body(), _message.Find("content-encoding"u8), _limit, out _cut).Span;
        if (MimeType.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
        {
            _params = [.. HttpTarget.Pairs(Encoding.UTF8.GetString(body)).Select(p => FieldValue.From(new HttpParam(p.Name, p.Value)))];
        }
        else if (MimeType.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) && MultipartForm.Parameter(MimeType, "boundary") is { Length: > 0 } boundary)
        {
            _params = [.. MultipartForm.Parse(body, boundary).Select(FieldValue.From)];
        }

        _text = _params is null ? Encoding.UTF8.GetString(body) : "";
        _params ??= [];
    }
}
