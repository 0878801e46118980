using System.Text;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Http;
using Wirehook.Dissection.Protocols.Http2.Hpack;
using Wirehook.Dissection.Records;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.Http2;

/// <summary>A message of HTTP/2: the fields of its header blocks, shared with the connection's tables, and its DATA.</summary>
internal sealed class Http2Message : HttpMessage
{
    private const int Overhead = 320;
    private readonly HeaderField[] _fields;
    private readonly HeaderField? _method;
    private readonly HeaderField? _target;
    private readonly HeaderField? _contentType;
    private int _fieldBytes;
    private HeaderField[]? _trailers;
    private int _unknown;

    /// <summary>A message with the header block <paramref name="fields"/>; <see cref="HttpMessage.Status"/> is set by the caller.</summary>
    public Http2Message(ReadOnlySpan<HeaderField> fields, int unknown, Timestamp started)
    {
        (_fields, _unknown, StartedAt, EndedAt) = (fields.ToArray(), unknown, started, started);
        foreach (var field in _fields)
        {
            _fieldBytes += field.Size;
            switch (field.Kind)
            {
                case HeaderKind.Method:
                    _method = field;
                    break;
                case HeaderKind.Path:
                    _target = field;
                    break;
                case HeaderKind.Authority:
                    _target ??= field;
                    break;
                case HeaderKind.ConnectProtocol:
                    ConnectProtocol = field;
                    break;
                case HeaderKind.ContentType:
                    _contentType ??= field;
                    break;
            }
        }

        // Only CONNECT names an authority instead of a path (RFC 9113 §8.5).
        if (_target is { Kind: HeaderKind.Authority } && !AsksConnect) _target = null;
        IsConnect = _target is { Kind: HeaderKind.Authority };
    }

    /// <summary>When the last byte so far came.</summary>
    public Timestamp EndedAt { get; set; }

    /// <summary>Whether the request was announced by the server or sent as HTTP/1, and is here only beside its response.</summary>
    public bool IsBorrowed { get; init; }

    /// <summary>Whether the method is CONNECT, with or without a protocol (RFC 8441).</summary>
    public bool AsksConnect => _method is not null && _method.Value.SequenceEqual("CONNECT"u8);

    /// <summary>The protocol that an extended CONNECT asks for (RFC 8441 §4), or null.</summary>
    public HeaderField? ConnectProtocol { get; }

    /// <inheritdoc/>
    public override Timestamp StartedAt { get; }

    /// <inheritdoc/>
    public override bool IsCounted => IsWhole && !IsBorrowed;

    /// <inheritdoc/>
    public override bool HasBody => BodySize > 0;

    /// <inheritdoc/>
    public override Protocol Protocol => Http2Module.Http2;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> ContentType => _contentType is null ? default : _contentType.Value;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Target => _target is null ? default : _target.Value;

    /// <inheritdoc/>
    public override int UnknownHeaders => _unknown;

    /// <inheritdoc/>
    public override int Held => KeptBody + _fieldBytes + Overhead + (Follower?.Held ?? 0);

    /// <summary>HTTP/2 has no reason phrases (RFC 9113 §8.3.2).</summary>
    public override string StatusText => "";

    /// <inheritdoc/>
    public override string Version => "HTTP/2.0";

    /// <summary>Adds the header block behind the body.</summary>
    public void AddTrailers(ReadOnlySpan<HeaderField> fields, int unknown)
    {
        foreach (var field in _trailers ?? []) _fieldBytes -= field.Size;
        _trailers = fields.ToArray();
        foreach (var field in _trailers) _fieldBytes += field.Size;
        _unknown += unknown;
    }

    /// <inheritdoc/>
    public override void ReadRequestLine(out string method, out string target, out string version) =>
        (method, target, version) = (_method?.Text ?? "", _target?.Text ?? "", Version);

    /// <inheritdoc/>
    public override string Find(ReadOnlySpan<byte> name) => (Find(_fields, name) ?? Find(_trailers, name))?.Text ?? "";

    /// <inheritdoc/>
    public override FieldMap Headers()
    {
        var map = default(FieldMapBuilder);
        AddTo(ref map, _fields);
        AddTo(ref map, _trailers);
        return map.Build();
    }

    /// <inheritdoc/>
    public override FieldMap RequestCookies()
    {
        var map = default(FieldMapBuilder);
        foreach (var field in _fields)
        {
            if (field.Kind == HeaderKind.Cookie) HeaderFields.AddRequestCookies(ref map, field.Text);
        }

        return map.Build();
    }

    /// <inheritdoc/>
    public override FieldMap ResponseCookies()
    {
        var map = default(FieldMapBuilder);
        foreach (var field in _fields)
        {
            if (field.Kind == HeaderKind.SetCookie) HeaderFields.AddResponseCookie(ref map, field.Text);
        }

        return map.Build();
    }

    /// <summary>The head as HTTP/1 would have it, for a protocol that is agreed on by headers.</summary>
    public ReadOnlyMemory<byte> ToHead()
    {
        var head = new StringBuilder();
        if (IsRequest) head.Append("GET ").Append(_target?.Text ?? "/").Append(" HTTP/1.1\r\n");
        else head.Append("HTTP/1.1 ").Append(Status).Append(" \r\n");
        foreach (var field in _fields)
        {
            if (!field.IsPseudo) head.Append(field.CanonicalName).Append(": ").Append(field.Text).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(head.Append("\r\n").ToString());
    }

    /// <summary>Moves the body out of shared chunks. The stream that holds the message counts it.</summary>
    public void MoveOut() => MoveBody();

    internal override void Release(Timestamp now)
    {
    }

    private static HeaderField? Find(HeaderField[]? fields, ReadOnlySpan<byte> name)
    {
        foreach (var field in fields ?? [])
        {
            if (field.Name.SequenceEqual(name)) return field;
        }

        return null;
    }

    private static void AddTo(ref FieldMapBuilder map, HeaderField[]? fields)
    {
        foreach (var field in fields ?? [])
        {
            // A request's cookies may come in pieces (RFC 9113 §8.2.3).
            map.Append(field.CanonicalName, field.Text, field.Kind == HeaderKind.Cookie ? "; " : ",");
        }
    }
}
