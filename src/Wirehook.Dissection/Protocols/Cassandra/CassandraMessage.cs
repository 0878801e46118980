using Wirehook.Dissection.Compression;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Pairing;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.Cassandra;

/// <summary>A whole message of either side; its contents are read when asked for.</summary>
internal sealed class CassandraMessage : PendingMessage
{
    private const int Overhead = 256;
    private ReadOnlyMemory<byte> _kept;
    private ReadOnlyMemory<byte>? _body;

    /// <summary>A message whose body, or the beginning of it, is <paramref name="kept"/>.</summary>
    public CassandraMessage(CassandraFrame frame, ReadOnlyMemory<byte> kept) => (Frame, _kept) = (frame, kept);

    /// <summary>The header.</summary>
    public CassandraFrame Frame { get; }

    /// <summary>When its first byte was captured.</summary>
    public required Timestamp Started { get; init; }

    /// <summary>How a compressed body is compressed.</summary>
    public CompressionAlgorithm? Compression { get; init; }

    /// <summary>Bytes that a compressed body may expand to.</summary>
    public required int DecodedLimit { get; init; }

    /// <summary>The prepared statement that an EXECUTE or a response to one refers to, where its preparation was seen.</summary>
    public CassandraStatement? Statement { get; set; }

    /// <summary>Where prepared statements are found, for those of a BATCH.</summary>
    public CassandraStatements? Statements { get; init; }

    /// <summary>Whether part of the body is not kept.</summary>
    public bool IsCut => _kept.Length < Frame.Length;

    /// <summary>The body without compression; empty where it cannot be decompressed.</summary>
    public ReadOnlyMemory<byte> Body => _body ??= (Frame.Flags & CassandraFrame.Compressed) == 0 ? _kept : Decompress();

    /// <inheritdoc/>
    public override long Held => _kept.Length + Overhead;

    /// <summary>A cursor behind what flags put in front of the body, which is given out.</summary>
    public CassandraCursor Open(out CassandraPrefix prefix) => CassandraPrefix.Read(Frame, Body.Span, out prefix);

    /// <inheritdoc/>
    internal override void Detach() => (_kept, _body) = (ByteArena.Detach(_kept), null);

    private ReadOnlyMemory<byte> Decompress()
    {
        if (IsCut || Compression is not { } algorithm) return default;
        // LZ4 blocks do not say how long their content is, so the protocol puts that in front.
        var input = algorithm == CompressionAlgorithm.Lz4Block ? _kept.Span[Math.Min(4, _kept.Length)..] : _kept.Span;
        return Decompression.Run(algorithm, input, DecodedLimit).Data;
    }
}

/// <summary>What may stand in front of a body.</summary>
internal readonly struct CassandraPrefix
{
    private const int WarningLimit = 64;

    private CassandraPrefix(string? tracingId, List<string>? warnings) => (TracingId, Warnings) = (tracingId, warnings);

    /// <summary>The id under which the server traces the request; null where it does not.</summary>
    public string? TracingId { get; }

    /// <summary>The server's warnings; null where there are none.</summary>
    public List<string>? Warnings { get; }

    /// <summary>Reads what the flags announce.</summary>
    public static CassandraCursor Read(scoped in CassandraFrame frame, ReadOnlySpan<byte> body, out CassandraPrefix prefix)
    {
        var cursor = new CassandraCursor(body);
        string? tracing = null;
        List<string>? warnings = null;
        if (frame.IsResponse && (frame.Flags & CassandraFrame.Tracing) != 0)
        {
            var id = cursor.ReadRaw(16);
            if (id.Length == 16) tracing = new Guid(id, bigEndian: true).ToString("D");
        }

        if (frame.IsResponse && (frame.Flags & CassandraFrame.Warning) != 0)
        {
            warnings = [];
            for (var left = cursor.ReadShort(); left > 0 && !cursor.Failed && warnings.Count < WarningLimit; left--) warnings.Add(cursor.ReadString());
        }

        if ((frame.Flags & CassandraFrame.CustomPayload) != 0)
        {
            for (var left = cursor.ReadShort(); left > 0 && !cursor.Failed; left--)
            {
                cursor.ReadShortBytes();
                cursor.ReadBytes(out _);
            }
        }

        prefix = new CassandraPrefix(tracing, warnings);
        return cursor;
    }
}
