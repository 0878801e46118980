using System.Text;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Http;

/// <summary>An HTTP/1 response, in the shape of the HAR format.</summary>
public sealed class HttpResponse : Record
{
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
    ], HttpContent.RecordType);

    /// <summary>The status code; 0 for HTTP/0.9, which has none.</summary>
    public int Status => _message.Status;

    /// <summary>The reason phrase.</summary>
    public string StatusText
    {
        get
        {
            if (_message.IsSimple) return "";
            var head = _message.Head.Span;
            var line = HttpStartLine.TrimLineEnd(head[..head.IndexOf((byte)'\n')]);
            var space = line.IndexOf((byte)' ');
            var reason = space < 0 ? default : line[(space + 1)..];
            space = reason.IndexOf((byte)' ');
            if (space < 0) return "";
            reason = reason[(space + 1)..];
            return reason.SequenceEqual("OK"u8) ? "OK" : Encoding.UTF8.GetString(reason);
        }
    }

    /// <summary>Such as <c>HTTP/1.1</c>.</summary>
    public string HttpVersion => _message.Head.Span.StartsWith("HTTP/1.1 "u8) ? "HTTP/1.1" : ReadVersion(_message.Head.Span);

    /// <summary>Headers by canonical name.</summary>
    public FieldMap Headers => _headers ??= HeaderFields.Headers(_message.Head.Span);

    /// <summary>Cookies that the response sets, by name.</summary>
    public FieldMap Cookies => _cookies ??= HeaderFields.ResponseCookies(_message.Head.Span);

    /// <summary>The Location header, or empty.</summary>
    public string RedirectUrl => HeaderLines.Find(_message.Head.Span, "location"u8);

    /// <summary>The body.</summary>
    public HttpContent Content => _content ??= new HttpContent(_message, _limit);

    /// <summary>Bytes of the body as sent, without chunked framing.</summary>
    public long BodySize => _message.BodySize;

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private static string ReadVersion(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty) return "HTTP/0.9";
        var end = head.IndexOfAny((byte)' ', (byte)'\r', (byte)'\n');
        return Encoding.UTF8.GetString(head[..end]);
    }
}
