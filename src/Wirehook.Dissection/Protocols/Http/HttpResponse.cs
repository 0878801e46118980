using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Http;

/// <summary>An HTTP response, in the shape of the HAR format.</summary>
public sealed class HttpResponse : Record
{
    internal const string UnknownHeaders = "How many headers are missing, because they refer to what was sent before the capture began or was lost (HTTP/2); only present then.";

    private readonly HttpMessage _message;
    private readonly int _limit;
    private FieldMap? _headers;
    private FieldMap? _cookies;
    private HttpContent? _content;

    internal HttpResponse(HttpMessage message, int limit) => (_message, _limit) = (message, limit);

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("HttpResponse", "An HTTP response.",
    [
        new("status", "number", "The status code; 0 for HTTP/0.9, which has none.", static r => FieldValue.From(((HttpResponse)r).Status)),
        new("statusText", "string", "The reason phrase.", static r => FieldValue.From(((HttpResponse)r).StatusText)),
        new("httpVersion", "string", "Such as `HTTP/1.1`.", static r => FieldValue.From(((HttpResponse)r).HttpVersion)),
        new("headers", "{ [name: string]: string }", "Headers by canonical name, repeated ones joined by a comma.", static r => FieldValue.From(((HttpResponse)r).Headers)),
        new("headersSize", "number", "Always -1.", static _ => FieldValue.From(-1)),
        new("cookies", "{ [name: string]: string }", "Cookies that the response sets, by name.", static r => FieldValue.From(((HttpResponse)r).Cookies)),
        new("redirectURL", "string", "The Location header, or empty.", static r => FieldValue.From(((HttpResponse)r).RedirectUrl)),
        new("content", "HttpContent", "The body.", static r => FieldValue.From(((HttpResponse)r).Content)),
        new("bodySize", "number", "Bytes of the body as sent, without chunked framing.", static r => FieldValue.From(((HttpResponse)r).BodySize)),
        new("unknownHeaders", "number", UnknownHeaders, static r => Count(((HttpResponse)r)._message.UnknownHeaders), Optional: true),
    ], HttpContent.RecordType);

    /// <summary>The status code; 0 for HTTP/0.9, which has none.</summary>
    public int Status => _message.Status;

    /// <summary>The reason phrase.</summary>
    public string StatusText => _message.StatusText;

    /// <summary>Such as <c>HTTP/1.1</c>.</summary>
    public string HttpVersion => _message.Version;

    /// <summary>Headers by canonical name.</summary>
    public FieldMap Headers => _headers ??= _message.Headers();

    /// <summary>Cookies that the response sets, by name.</summary>
    public FieldMap Cookies => _cookies ??= _message.ResponseCookies();

    /// <summary>The Location header, or empty.</summary>
    public string RedirectUrl => _message.Find("location"u8);

    /// <summary>The body.</summary>
    public HttpContent Content => _content ??= new HttpContent(_message, _limit);

    /// <summary>Bytes of the body as sent, without chunked framing.</summary>
    public long BodySize => _message.BodySize;

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    internal static FieldValue Count(int headers) => headers > 0 ? FieldValue.From(headers) : FieldValue.Absent;
}
