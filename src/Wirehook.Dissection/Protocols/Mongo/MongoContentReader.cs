using System.Buffers.Binary;
using System.Text;
using Wirehook.Dissection.Compression;

namespace Wirehook.Dissection.Protocols.Mongo;

/// <summary>Takes messages apart (MongoDB Wire Protocol; the operations before OP_MSG as MongoDB 5.0 documents them).</summary>
internal static class MongoContentReader
{
    private const int CompressedHeader = 9;
    private const int FlagsSize = sizeof(uint);

    /// <summary>The flags of an OP_MSG, compressed or not; 0 for other messages.</summary>
    public static uint ReadFlags(in MongoHeader header, ReadOnlySpan<byte> message)
    {
        var body = message[MongoHeader.Length..];
        if (header.Opcode == MongoOpcode.Message) return body.Length < FlagsSize ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(body);
        if (header.Opcode != MongoOpcode.Compressed || body.Length < CompressedHeader) return 0;
        if ((MongoOpcode)BinaryPrimitives.ReadInt32LittleEndian(body) != MongoOpcode.Message) return 0;
        var start = Decompress(body[8], body[CompressedHeader..], FlagsSize, out _).Span;
        return start.Length < FlagsSize ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(start);
    }

    /// <summary>Takes a message apart.</summary>
    /// <param name="message">Its bytes, as far as they are kept.</param>
    /// <param name="limit">Bytes that a compressed message may expand to.</param>
    public static MongoContent Read(ReadOnlyMemory<byte> message, int limit)
    {
        var content = new MongoContent();
        if (!MongoHeader.TryRead(message.Span, out var header)) return content;
        (content.Header, content.Opcode) = (header, header.Opcode);
        var body = message[MongoHeader.Length..];
        if (header.Opcode == MongoOpcode.Compressed)
        {
            if (body.Length < CompressedHeader) return content;
            content.Opcode = (MongoOpcode)BinaryPrimitives.ReadInt32LittleEndian(body.Span);
            content.Compressor = CompressorName(body.Span[8]);
            body = Decompress(body.Span[8], body.Span[CompressedHeader..], limit, out var problem);
            content.Problem = problem;
        }

        ReadBody(content, body);
        return content;
    }

    private static string CompressorName(byte id) => id switch
    {
        0 => "noop",
        1 => "snappy",
        2 => "zlib",
        3 => "zstd",
        _ => id.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    private static ReadOnlyMemory<byte> Decompress(byte compressor, ReadOnlySpan<byte> data, int limit, out string? problem)
    {
        problem = null;
        if (compressor == 0) return data[..Math.Min(data.Length, limit)].ToArray();
        if (compressor > 3)
        {
            problem = "The compressor is unknown.";
            return default;
        }

        var algorithm = compressor == 1 ? CompressionAlgorithm.Snappy : compressor == 2 ? CompressionAlgorithm.Zlib : CompressionAlgorithm.Zstandard;
        var result = Decompression.Run(algorithm, data, limit);
        problem = result.Problem;
        return result.Data;
    }

    private static void ReadBody(MongoContent content, ReadOnlyMemory<byte> body)
    {
        switch (content.Opcode)
        {
            case MongoOpcode.Message:
                content.Flags = TakeUInt32(ref body);
                ReadSections(content, body);
                break;
            case MongoOpcode.Reply:
                content.Flags = TakeUInt32(ref body);
                content.CursorId = TakeInt64(ref body);
                Drop(ref body, 8);
                TakeDocuments(ref body, content.Documents);
                break;
            case MongoOpcode.Query:
                content.Flags = TakeUInt32(ref body);
                content.FullName = TakeName(ref body);
                Drop(ref body, 8);
                TakeDocuments(ref body, content.Documents);
                break;
            case MongoOpcode.Insert:
                content.Flags = TakeUInt32(ref body);
                content.FullName = TakeName(ref body);
                TakeDocuments(ref body, content.Documents);
                break;
            case MongoOpcode.Update or MongoOpcode.Delete:
                Drop(ref body, 4);
                content.FullName = TakeName(ref body);
                content.Flags = TakeUInt32(ref body);
                TakeDocuments(ref body, content.Documents);
                break;
            case MongoOpcode.GetMore:
                Drop(ref body, 4);
                content.FullName = TakeName(ref body);
                Drop(ref body, 4);
                content.CursorId = TakeInt64(ref body);
                break;
            case MongoOpcode.KillCursors:
                Drop(ref body, 8);
                content.CursorId = TakeInt64(ref body);
                break;
            case MongoOpcode.Command:
                content.FullName = TakeName(ref body);
                content.CommandName = TakeName(ref body);
                TakeDocuments(ref body, content.Documents);
                // The metadata comes before the arguments.
                if (content.Documents.Count > 1) content.Documents.Reverse(0, 2);
                break;
            case MongoOpcode.CommandReply:
                TakeDocuments(ref body, content.Documents);
                if (content.Documents.Count > 1) content.Documents.Reverse(0, 2);
                break;
        }
    }

    private static void ReadSections(MongoContent content, ReadOnlyMemory<byte> body)
    {
        while (body.Length > 1)
        {
            var kind = body.Span[0];
            body = body[1..];
            if (kind == 0)
            {
                if (!TakeDocument(ref body, content.Documents)) return;
            }
            else if (kind == 1 && body.Length > FlagsSize)
            {
                var length = BinaryPrimitives.ReadInt32LittleEndian(body.Span);
                if (length <= FlagsSize) return;
                var section = body[FlagsSize..Math.Min(length, body.Length)];
                body = body[Math.Min(length, body.Length)..];
                var sequence = (TakeName(ref section), new List<ReadOnlyMemory<byte>>());
                TakeDocuments(ref section, sequence.Item2);
                content.Sequences.Add(sequence);
            }
            else
            {
                return;
            }
        }
    }

    private static void TakeDocuments(ref ReadOnlyMemory<byte> body, List<ReadOnlyMemory<byte>> documents)
    {
        while (TakeDocument(ref body, documents))
        {
        }
    }

    private static bool TakeDocument(ref ReadOnlyMemory<byte> body, List<ReadOnlyMemory<byte>> documents)
    {
        if (!BsonReader.TrySlice(body.Span, out var document, out _)) return false;
        documents.Add(body[..document.Length]);
        body = body[document.Length..];
        return true;
    }

    private static string TakeName(ref ReadOnlyMemory<byte> body)
    {
        var end = body.Span.IndexOf((byte)0);
        var name = Encoding.UTF8.GetString(body.Span[..(end < 0 ? body.Length : end)]);
        body = end < 0 ? default : body[(end + 1)..];
        return name;
    }

    private static uint TakeUInt32(ref ReadOnlyMemory<byte> body)
    {
        var number = body.Length < sizeof(uint) ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(body.Span);
        Drop(ref body, sizeof(uint));
        return number;
    }

    private static long TakeInt64(ref ReadOnlyMemory<byte> body)
    {
        var number = body.Length < sizeof(long) ? 0 : BinaryPrimitives.ReadInt64LittleEndian(body.Span);
        Drop(ref body, sizeof(long));
        return number;
    }

    private static void Drop(ref ReadOnlyMemory<byte> body, int length) => body = body[Math.Min(length, body.Length)..];
}
