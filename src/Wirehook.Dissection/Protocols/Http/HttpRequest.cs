using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Http;

/// <summary>An HTTP request, in the shape of the HAR format.</summary>
public sealed class HttpRequest : Record
{
    private readonly HttpMessage _message;
    private readonly int _limit;
    private string? _method;
    private string? _target;
    private string? _version;
    private string? _path;
    private FieldMap? _headers;
    private FieldMap? _cookies;
    private FieldMap? _query;
    private FieldValue[]? _segments;
    private HttpPostData? _postData;

    internal HttpRequest(HttpMessage message, int limit) => (_message, _limit) = (message, limit);

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("HttpRequest", "An HTTP request.",
    [
        new("method", "string", "The method, such as `GET`.", static r => FieldValue.From(((HttpRequest)r).Method)),
        new("url", "string", "The request target as sent.", static r => FieldValue.From(((HttpRequest)r).Target)),
        new("targetUri", "string", "The request target as sent.", static r => FieldValue.From(((HttpRequest)r).Target)),
        new("httpVersion", "string", "Such as `HTTP/1.1`.", static r => FieldValue.From(((HttpRequest)r).HttpVersion)),
        new("path", "string", "The target's path, decoded.", static r => FieldValue.From(((HttpRequest)r).Path)),
        new("pathSegments", "string[]", "The path's parts between slashes.", static r => FieldValue.From(((HttpRequest)r).PathSegments)),
        new("queryString", "{ [name: string]: string | string[] }", "The query's values by name; a list where a name is repeated.", static r => FieldValue.From(((HttpRequest)r).QueryString)),
        new("headers", "{ [name: string]: string }", "Headers by canonical name, repeated ones joined by a comma.", static r => FieldValue.From(((HttpRequest)r).Headers)),
        new("headersSize", "number", "Always -1.", static _ => FieldValue.From(-1)),
        new("cookies", "{ [name: string]: string }", "Cookies by name.", static r => FieldValue.From(((HttpRequest)r).Cookies)),
        new("bodySize", "number", "Bytes of the body as sent, without chunked framing.", static r => FieldValue.From(((HttpRequest)r).BodySize)),
        new("postData", "HttpPostData", "The body, where there is one.", static r => FieldValue.From(((HttpRequest)r).PostData), Optional: true),
        new("unknownHeaders", "number", HttpResponse.UnknownHeaders, static r => HttpResponse.Count(((HttpRequest)r)._message.UnknownHeaders), Optional: true),
    ], HttpPostData.RecordType);

    /// <summary>The method, such as <c>GET</c>.</summary>
    public string Method
    {
        get
        {
            ParseLine();
            return _method!;
        }
    }

    /// <summary>The request target as sent.</summary>
    public string Target
    {
        get
        {
            ParseLine();
            return _target!;
        }
    }

    /// <summary>Such as <c>HTTP/1.1</c>.</summary>
    public string HttpVersion
    {
        get
        {
            ParseLine();
            return _version!;
        }
    }

    /// <summary>The target's path, decoded.</summary>
    public string Path => _path ??= HttpTarget.Path(Target, _message.IsConnect);

    /// <summary>The path's parts between slashes.</summary>
    public IReadOnlyList<FieldValue> PathSegments => _segments ??= HttpTarget.Segments(Path);

    /// <summary>The query's values by name.</summary>
    public FieldMap QueryString => _query ??= HttpTarget.Query(Target);

    /// <summary>Headers by canonical name.</summary>
    public FieldMap Headers => _headers ??= _message.Headers();

    /// <summary>Cookies by name.</summary>
    public FieldMap Cookies => _cookies ??= _message.RequestCookies();

    /// <summary>Bytes of the body as sent, without chunked framing.</summary>
    public long BodySize => _message.BodySize;

    /// <summary>The body, or null where there is none.</summary>
    public HttpPostData? PostData => _message.HasBody ? _postData ??= new HttpPostData(_message, _limit) : null;

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private void ParseLine()
    {
        if (_version is null) _message.ReadRequestLine(out _method, out _target, out _version);
    }
}
