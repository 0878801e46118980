using System.Buffers.Binary;
using System.Globalization;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Sctp;

/// <summary>One chunk with the header of its packet, read from its bytes when a field is asked for.</summary>
internal sealed class SctpChunk(ReadOnlyMemory<byte> chunk, SctpHeader header) : Record
{
    /// <summary>Bytes before a chunk's value.</summary>
    public const int HeaderLength = 4;

    /// <summary>Bytes before a DATA chunk's user data.</summary>
    public const int DataHeaderLength = 16;

    private const byte Data = 0;
    private const byte Init = 1;
    private const byte InitAck = 2;
    private const byte Sack = 3;
    private const byte Abort = 6;
    private const byte Error = 9;
    private const byte Shutdown = 7;
    private const byte WholeMessage = 3;
    private const uint Diameter = 46;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("SctpChunk", "A chunk of an SCTP packet.",
    [
        new("chunkType", "string", "What the chunk is: `DATA`, `INIT`, `SACK` …; the number where it has no name.", static r => FieldValue.From(SctpNames.ChunkType(((SctpChunk)r).Kind))),
        new("chunkTypeNumber", "number", "The type as a number.", static r => FieldValue.From(((SctpChunk)r).Kind)),
        new("flags", "number", "The chunk's flags.", static r => FieldValue.From(((SctpChunk)r).Flags)),
        new("length", "number", "Bytes of the chunk, as it declares.", static r => FieldValue.From(((SctpChunk)r).Word(2))),
        new("checksum", "number", "The packet's checksum as sent.", static r => FieldValue.From(((SctpChunk)r).Header.Checksum)),
        new("verificationTag", "number", "The packet's verification tag.", static r => FieldValue.From(((SctpChunk)r).Header.VerificationTag)),
        new("tsn", "number", "DATA: its number; INIT: the first number that will be sent; SACK and SHUTDOWN: the last number that arrived in order.", static r => ((SctpChunk)r).TransmissionNumber, Optional: true),
        new("streamId", "number", "DATA: the stream.", static r => ((SctpChunk)r).OfData(static c => FieldValue.From(c.Word(8))), Optional: true),
        new("streamSequence", "number", "DATA: the message's number within its stream.", static r => ((SctpChunk)r).OfData(static c => FieldValue.From(c.Word(10))), Optional: true),
        new("payloadProtocolId", "number", "DATA: what is carried, as a number.", static r => ((SctpChunk)r).OfData(static c => FieldValue.From(c.Long(12))), Optional: true),
        new("payloadProtocol", "string", "DATA: what is carried, such as `Diameter` or `M3UA`, where it is known.", static r => ((SctpChunk)r).OfData(static c => FieldValue.From(SctpNames.PayloadProtocol(c.Long(12)))), Optional: true),
        new("fragment", "string", "DATA: `whole`, or `first`, `middle`, `last` of a message that was split.", static r => ((SctpChunk)r).OfData(static c => FieldValue.From(c.Fragment)), Optional: true),
        new("unordered", "boolean", "DATA: whether the message may overtake others.", static r => ((SctpChunk)r).OfData(static c => FieldValue.From((c.Flags & 4) != 0)), Optional: true),
        new("payloadLength", "number", "DATA: bytes of user data.", static r => ((SctpChunk)r).OfData(static c => FieldValue.From(Math.Max(0, c.Word(2) - DataHeaderLength))), Optional: true),
        new("payload", "string", "DATA: the user data, base64.", static r => ((SctpChunk)r).OfData(static c => FieldValue.From(c.Payload)), Optional: true),
        new("initiateTag", "number", "INIT, INIT ACK: the verification tag that its sender expects.", static r => ((SctpChunk)r).OfInit(static c => FieldValue.From(c.Long(4))), Optional: true),
        new("window", "number", "INIT, INIT ACK, SACK: bytes of room for received data.", static r => ((SctpChunk)r).Window, Optional: true),
        new("outboundStreams", "number", "INIT, INIT ACK: streams that its sender wants to send.", static r => ((SctpChunk)r).OfInit(static c => FieldValue.From(c.Word(12))), Optional: true),
        new("inboundStreams", "number", "INIT, INIT ACK: streams that its sender accepts.", static r => ((SctpChunk)r).OfInit(static c => FieldValue.From(c.Word(14))), Optional: true),
        new("gaps", "string[]", "SACK: further ranges that arrived, such as `1005-1009`.", static r => FieldValue.From(((SctpChunk)r).Gaps), Optional: true),
        new("causes", "string[]", "ABORT, ERROR: why, such as `Stale Cookie`.", static r => FieldValue.From(((SctpChunk)r).Causes), Optional: true),
    ]);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private SctpHeader Header => header;

    private byte Kind => chunk.Span[0];

    private byte Flags => chunk.Length > 1 ? chunk.Span[1] : (byte)0;

    private string Fragment => (Flags & WholeMessage) switch { WholeMessage => "whole", 2 => "first", 1 => "last", _ => "middle" };

    private string Payload => Convert.ToBase64String(chunk.Span[DataHeaderLength..]);

    private FieldValue TransmissionNumber => Kind switch
    {
        Data or Sack or Shutdown when chunk.Length >= 8 => FieldValue.From(Long(4)),
        Init or InitAck when chunk.Length >= 20 => FieldValue.From(Long(16)),
        _ => FieldValue.Absent,
    };

    private FieldValue Window => (Kind is Init or InitAck or Sack) && chunk.Length >= 12 ? FieldValue.From(Long(8)) : FieldValue.Absent;

    private FieldValue[]? Gaps
    {
        get
        {
            if (Kind != Sack || chunk.Length < 16) return null;
            var gaps = new List<FieldValue>();
            var (left, first) = (Word(12), Long(4));
            for (var at = 16; left > 0 && at + 4 <= chunk.Length; left--, at += 4)
                gaps.Add(FieldValue.From(string.Create(CultureInfo.InvariantCulture, $"{first + (uint)Word(at)}-{first + (uint)Word(at + 2)}")));
            return [.. gaps];
        }
    }

    private FieldValue[]? Causes
    {
        get
        {
            if (Kind is not (Abort or Error)) return null;
            var causes = new List<FieldValue>();
            for (var at = HeaderLength; at + 4 <= chunk.Length && Word(at + 2) >= 4; at += (Word(at + 2) + 3) & ~3) causes.Add(FieldValue.From(SctpNames.Cause(Word(at))));
            return [.. causes];
        }
    }

    /// <summary>Whether the chunk holds a whole user message of Diameter.</summary>
    public static bool IsWholeDiameter(ReadOnlySpan<byte> chunk) =>
        chunk[0] == Data && (chunk[1] & WholeMessage) == WholeMessage && chunk.Length > DataHeaderLength && BinaryPrimitives.ReadUInt32BigEndian(chunk[12..]) == Diameter;

    private int Word(int offset) => chunk.Length >= offset + 2 ? BinaryPrimitives.ReadUInt16BigEndian(chunk.Span[offset..]) : 0;

    private uint Long(int offset) => chunk.Length >= offset + 4 ? BinaryPrimitives.ReadUInt32BigEndian(chunk.Span[offset..]) : 0;

    private FieldValue OfData(Func<SctpChunk, FieldValue> field) => Kind == Data && chunk.Length >= DataHeaderLength ? field(this) : FieldValue.Absent;

    private FieldValue OfInit(Func<SctpChunk, FieldValue> field) => Kind is Init or InitAck && chunk.Length >= 20 ? field(this) : FieldValue.Absent;
}
