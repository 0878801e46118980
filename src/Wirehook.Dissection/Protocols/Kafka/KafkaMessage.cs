using System.Buffers.Binary;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Pairing;
using Wirehook.Dissection.Records;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Kafka;

/// <summary>A request or response as sent.</summary>
internal sealed class KafkaMessage : PendingMessage
{
    private const int Overhead = 256;
    private const string CutOff = "Part of the message is not there.";
    private const string TooManyValues = "The message has more values than are read of one message.";
    private const string Misfit = "The payload is not what the version says.";

    /// <summary>Bytes of a response before its body, but for tagged fields.</summary>
    public const int ResponseHeadLength = 8;

    public required Direction Direction { get; init; }

    /// <summary>When its first byte was captured.</summary>
    public required Timestamp Started { get; init; }

    /// <summary>The message from its size on, as far as it is kept.</summary>
    public required ReadOnlyMemory<byte> Data { get; set; }

    /// <summary>The api, of a request.</summary>
    public short Key { get; init; }

    /// <summary>Its version.</summary>
    public short Version { get; init; }

    /// <summary>Bytes of a request's header, but for tagged fields.</summary>
    public int HeadLength { get; init; }

    /// <summary>Bytes of the client's id.</summary>
    public int ClientIdLength { get; init; }

    public required int CorrelationId { get; init; }

    /// <summary>Whether every byte of it was seen.</summary>
    public bool IsWhole { get; set; }

    /// <summary>Whether part of it is not kept.</summary>
    public bool IsTruncated => Data.Length < Size;

    /// <inheritdoc/>
    public override long Held => Data.Length + Overhead;

    /// <summary>The correlation id of a response, which needs <see cref="ResponseHeadLength"/> bytes.</summary>
    public static int CorrelationOf(ReadOnlySpan<byte> response) => BinaryPrimitives.ReadInt32BigEndian(response[KafkaRequestHeader.SizeLength..]);

    /// <summary>The body of a message: behind its header, and in flexible versions behind the header's tagged fields.</summary>
    public static ReadOnlyMemory<byte> BodyOf(ReadOnlyMemory<byte> message, int headLength, bool hasTags)
    {
        if (message.Length <= headLength) return default;
        var body = message[headLength..];
        if (!hasTags) return body;
        var reader = new KafkaReader(body.Span);
        var count = reader.UnsignedVarint();
        for (ulong i = 0; i < count && reader.Ok; i++)
        {
            reader.UnsignedVarint();
            reader.Bytes((int)Math.Min(reader.UnsignedVarint(), int.MaxValue));
        }

        return reader.Ok ? body[reader.Position..] : default;
    }

    /// <summary>Whether the client wants no response: a produce request with acks=0.</summary>
    public bool WantsNoResponse()
    {
        if (Key != KafkaApis.Produce || KafkaSchemas.Request(Key, Version) is not { } schema) return false;
        var flexible = Version >= schema.FirstFlexible;
        var reader = new KafkaReader(BodyOf(Data, HeadLength, flexible).Span);
        if (Version >= 3) reader.Bytes(Math.Max(0, reader.Length(flexible, wide: false)));
        return reader.Int16() == 0 && reader.Ok;
    }

    /// <summary>The body of a request by name.</summary>
    public FieldMap ReadRequest(int bytes, out string? problem) =>
        Read(KafkaSchemas.Request(Key, Version), Version, HeadLength, mayHaveTags: true, bytes, out problem);

    /// <summary>The body of a response to <paramref name="request"/> by name.</summary>
    public FieldMap ReadResponse(KafkaMessage request, int bytes, out string? problem)
    {
        var schema = KafkaSchemas.Response(request.Key, request.Version);
        // The response that tells which versions there are must be readable before that is known (KIP-511): its header has no tags, and its version is 0 where
        // the server does not know the request's.
        var isFirst = request.Key == KafkaApis.ApiVersions;
        var map = Read(schema, request.Version, ResponseHeadLength, mayHaveTags: !isFirst, bytes, out problem);
        if (problem is null || !isFirst || request.Version == 0) return map;
        var old = Read(schema, 0, ResponseHeadLength, mayHaveTags: false, bytes, out var oldProblem);
        if (oldProblem is not null) return map;
        problem = null;
        return old;
    }

    /// <inheritdoc/>
    internal override void Detach() => Data = ByteArena.Detach(Data);

    private FieldMap Read(KafkaSchema? schema, short version, int headLength, bool mayHaveTags, int bytes, out string? problem)
    {
        problem = null;
        if (schema is null) return FieldMap.Empty;
        var body = BodyOf(Data, headLength, mayHaveTags && version >= schema.FirstFlexible);
        var budget = new KafkaBudget(bytes);
        var map = KafkaPayload.Read(body, schema, version, budget, out var fit);
        if (fit != KafkaFit.Exact) problem = IsTruncated ? CutOff : budget.Exceeded ? TooManyValues : Misfit;
        return map;
    }
}
