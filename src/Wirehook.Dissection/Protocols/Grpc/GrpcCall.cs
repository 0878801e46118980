using System.Globalization;
using System.Text;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Protocols.Http;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Grpc;

/// <summary>What a gRPC call says: its method, its status and its messages. Made when it is read.</summary>
public sealed class GrpcCall : Record
{
    private readonly HttpMessage? _request;
    private readonly HttpMessage? _response;
    private readonly DissectionOptions _options;
    private readonly string _path;
    private GrpcMessageList? _requestMessages;
    private GrpcMessageList? _responseMessages;

    internal GrpcCall(HttpMessage? request, HttpMessage? response, DissectionOptions options)
    {
        (_request, _response, _options) = (request, response, options);
        _path = request is null ? "" : Encoding.UTF8.GetString(request.Target);
    }

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("GrpcCall", "A gRPC call.",
    [
        new("service", "string", "The service with its package, such as `helloworld.Greeter`; empty where the path is not known.", static r => FieldValue.From(((GrpcCall)r).Service)),
        new("method", "string", "The method, such as `SayHello`: the last part of the path.", static r => FieldValue.From(((GrpcCall)r).Method)),
        new("status", "number", "The status code, 0 for OK; absent where no status was seen.", static r => ((GrpcCall)r).StatusField, Optional: true),
        new("statusName", "string", "The status code's name, such as `NOT_FOUND`; absent where no status was seen.", static r => FieldValue.From(((GrpcCall)r).StatusName), Optional: true),
        new("statusMessage", "string", "The server's message beside the status, or empty.", static r => FieldValue.From(((GrpcCall)r).StatusMessage)),
        new("web", "boolean", "Whether the call is gRPC-Web.", static r => FieldValue.From(((GrpcCall)r).IsWeb)),
        new("requestMessages", "GrpcMessage[]", "The client's messages, in order.", static r => FieldValue.From(((GrpcCall)r).RequestMessages.Values)),
        new("responseMessages", "GrpcMessage[]", "The server's messages, in order.", static r => FieldValue.From(((GrpcCall)r).ResponseMessages.Values)),
    ], GrpcMessage.RecordType);

    /// <summary>The service with its package; empty where the path is not known.</summary>
    public string Service => _path.LastIndexOf('/') is var slash and > 0 ? _path[..slash].TrimStart('/') : "";

    /// <summary>The method.</summary>
    public string Method => _path[(_path.LastIndexOf('/') + 1)..];

    /// <summary>The status code; null where none was seen.</summary>
    public int? Status => int.TryParse(FindInTrailers("grpc-status"), NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? status : null;

    /// <summary>The status code's name; null where no status was seen.</summary>
    public string? StatusName => Status is { } status ? GrpcStatus.NameOf(status) : null;

    /// <summary>The server's message beside the status, or empty.</summary>
    public string StatusMessage => HttpTarget.Decode(FindInTrailers("grpc-message"), plusIsSpace: false);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private bool IsWeb => IsWebType(_request) || IsWebType(_response);

    private FieldValue StatusField => Status is { } status ? FieldValue.From(status) : FieldValue.Absent;

    private GrpcMessageList RequestMessages => _requestMessages ??= new GrpcMessageList(_request, isRequest: true, _path, _options);

    private GrpcMessageList ResponseMessages => _responseMessages ??= new GrpcMessageList(_response, isRequest: false, _path, _options);

    private static bool IsWebType(HttpMessage? message) => message is not null && message.ContentType.StartsWith("application/grpc-web"u8);

    /// <summary>A header or trailer of the response, or a line of the trailers that gRPC-Web has in its body.</summary>
    private string FindInTrailers(string name)
    {
        var inHeaders = _response?.Find(Encoding.ASCII.GetBytes(name)) ?? "";
        if (inHeaders.Length > 0 || !IsWeb) return inHeaders;
        foreach (var line in ResponseMessages.Trailers.Split('\n'))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && line.AsSpan(0, colon).Trim().Equals(name, StringComparison.OrdinalIgnoreCase)) return line[(colon + 1)..].Trim();
        }

        return "";
    }
}
