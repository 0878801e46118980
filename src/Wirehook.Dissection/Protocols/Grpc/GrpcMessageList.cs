using System.Buffers.Binary;
using System.Text;
using Wirehook.Dissection.Compression;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Protobuf;
using Wirehook.Dissection.Protocols.Http;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Grpc;

/// <summary>The length-prefixed messages of a body (gRPC over HTTP/2; for gRPC-Web also its base64 form and the trailers behind the messages).</summary>
internal sealed class GrpcMessageList
{
    private const int PrefixLength = 5;
    private const byte CompressedFlag = 1;
    private const byte TrailersFlag = 0x80;
    private const int MessageLimit = 10_000;

    /// <summary>Reads the messages of <paramref name="message"/>.</summary>
    /// <param name="message">A side of the call, or null where it is missing.</param>
    /// <param name="isRequest">Which side.</param>
    /// <param name="path">The call's path, which names the types of its messages.</param>
    /// <param name="options">Limits, and the types that are known.</param>
    public GrpcMessageList(HttpMessage? message, bool isRequest, string path, DissectionOptions options)
    {
        if (message is null) return;
        var body = message.Body();

        // What lies behind missing bytes begins no message that could be found.
        if (message.WholeUntil < body.Length) body = body[..message.WholeUntil];
        if (message.ContentType.StartsWith("application/grpc-web-text"u8)) body = DecodeBase64(body.Span);
        var type = IsProtobuf(message.ContentType) ? options.Protobuf?.TypeOf(path, isRequest) : null;
        var values = new List<FieldValue>();
        var budget = new ExpansionBudget(options.DecodedBodyLimit);
        var coding = CodingOf(message.Find("grpc-encoding"u8));
        while (body.Length >= PrefixLength && values.Count < MessageLimit)
        {
            var flags = body.Span[0];
            var length = BinaryPrimitives.ReadUInt32BigEndian(body.Span[1..]);
            body = body[PrefixLength..];
            var data = body[..(int)Math.Min(length, (uint)body.Length)];
            body = body[data.Length..];
            if ((flags & TrailersFlag) != 0) Trailers = Encoding.UTF8.GetString(data.Span);
            else values.Add(FieldValue.From(new GrpcMessage(data, length, (flags & CompressedFlag) != 0, coding, type, budget)));
        }

        Values = values;
    }

    /// <summary>The messages.</summary>
    public IReadOnlyList<FieldValue> Values { get; } = [];

    /// <summary>The trailers of gRPC-Web, as lines; empty where there are none.</summary>
    public string Trailers { get; } = "";

    private static bool IsProtobuf(ReadOnlySpan<byte> contentType) => !contentType.EndsWith("+json"u8);

    private static CompressionAlgorithm? CodingOf(string name) => name switch
    {
        "gzip" => CompressionAlgorithm.Gzip,
        "deflate" => CompressionAlgorithm.Zlib,
        "snappy" => CompressionAlgorithm.Snappy,
        "zstd" => CompressionAlgorithm.Zstandard,
        _ => null,
    };

    /// <summary>Base64 in pieces, each of which may end with padding; whatever is no base64 ends it.</summary>
    private static byte[] DecodeBase64(ReadOnlySpan<byte> text)
    {
        var output = new byte[text.Length];
        var length = 0;
        for (; text.Length >= 4; text = text[4..])
        {
            if (System.Buffers.Text.Base64.DecodeFromUtf8(text[..4], output.AsSpan(length), out _, out var written) != System.Buffers.OperationStatus.Done) break;
            length += written;
        }

        return output[..length];
    }
}
