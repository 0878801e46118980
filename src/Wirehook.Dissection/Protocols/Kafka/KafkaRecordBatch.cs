using System.Buffers.Binary;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Kafka;

/// <summary>
/// A record batch (magic 2; kafka.apache.org/documentation/#recordbatch), or consecutive messages of an old message set (magic 0 and 1), which are shown as one
/// batch. Records are decompressed when they are asked for.
/// </summary>
internal sealed class KafkaRecordBatch : Record
{
    /// <summary>Offset and length, which precede every kind of batch.</summary>
    private const int FrameLength = 12;
    private const int MagicOffset = 16;
    private const int HeadLength = 61;
    private const int CountOffset = 57;
    private readonly ReadOnlyMemory<byte> _data;
    private readonly KafkaBudget? _budget;
    private FieldValue[]? _records;
    private string? _problem;

    private KafkaRecordBatch(ReadOnlyMemory<byte> data, KafkaBudget? budget) => (_data, _budget) = (data, budget);

    /// <summary>What stands for the batch of an empty record set.</summary>
    public static KafkaRecordBatch None { get; } = new(new byte[HeadLength], null);

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("KafkaRecordBatch", "A batch of records.",
    [
        new("attributes", "number", "Bit field: compression in bits 0 to 2, timestamp type, transactional, control.", static r => FieldValue.From(((KafkaRecordBatch)r).Attributes)),
        new("baseOffset", "number", "Offset of the first record.", static r => ((KafkaRecordBatch)r).Int64(0)),
        new("batchLength", "number", "Bytes of the batch behind this number.", static r => ((KafkaRecordBatch)r).Int32(8)),
        new("partitionLeaderEpoch", "number", "Epoch of the partition's leader; 0 in old message sets.", static r => ((KafkaRecordBatch)r).Modern(12, sizeof(int))),
        new("magic", "number", "Version of the format.", static r => FieldValue.From(((KafkaRecordBatch)r).Magic)),
        new("crc", "number", "Checksum, as a signed number.", static r => FieldValue.From(((KafkaRecordBatch)r).Crc)),
        new("lastOffsetDelta", "number", "Offset of the last record less that of the first.", static r => ((KafkaRecordBatch)r).Modern(23, sizeof(int))),
        new("firstTimestamp", "number", "Timestamp of the first record, in milliseconds since 1970 UTC.", static r => ((KafkaRecordBatch)r).FirstTimestamp),
        new("maxTimestamp", "number", "Latest timestamp of the records.", static r => ((KafkaRecordBatch)r).Modern(35, sizeof(long))),
        new("producerId", "number", "Identifies the producer; -1 where it is not idempotent.", static r => ((KafkaRecordBatch)r).Modern(43, sizeof(long))),
        new("producerEpoch", "number", "Epoch of the producer.", static r => ((KafkaRecordBatch)r).Modern(51, sizeof(short))),
        new("baseSequence", "number", "Sequence number of the first record.", static r => ((KafkaRecordBatch)r).Modern(53, sizeof(int))),
        new("compression", "string", "`none`, `gzip`, `snappy`, `lz4` or `zstd`.", static r => FieldValue.From(KafkaCompression.Name(((KafkaRecordBatch)r).Attributes))),
        new("record", "KafkaRecord[]", "The records, decompressed.", static r => FieldValue.From(((KafkaRecordBatch)r).Records)),
        new("problem", "string", "Why records are missing; absent where none is.", static r => ((KafkaRecordBatch)r).Problem, Optional: true),
    ], KafkaRecord.RecordType);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private ReadOnlySpan<byte> Data => _data.Span;

    private sbyte Magic => (sbyte)Data[MagicOffset];

    private bool IsModern => Magic >= 2;

    private int Attributes => IsModern ? BinaryPrimitives.ReadInt16BigEndian(Data[21..]) : Data[17];

    private int Crc => BinaryPrimitives.ReadInt32BigEndian(Data[(IsModern ? 17 : FrameLength)..]);

    private FieldValue FirstTimestamp => IsModern ? Int64(27) : Magic == 1 ? Int64(18) : FieldValue.From(0);

    private FieldValue[] Records => _records ??= ReadRecords();

    private FieldValue Problem
    {
        get
        {
            _ = Records;
            return FieldValue.From(_problem);
        }
    }

    /// <summary>The batch that begins <paramref name="data"/>, and its length. False where none does, or its end is not there.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> data, KafkaBudget budget, out KafkaRecordBatch batch, out int length)
    {
        (batch, length) = (None, 0);
        if (data.Length <= MagicOffset + 1) return false;
        length = data.Span[MagicOffset] switch
        {
            0 or 1 => KafkaMessageSet.Measure(data.Span),
            2 => Whole(data.Span, HeadLength),
            _ => 0,
        };
        if (length == 0) return false;
        batch = new KafkaRecordBatch(data[..length], budget);
        return true;
    }

    /// <summary>Bytes of the batch with its offset and length, or 0 where not all of them are there.</summary>
    public static int Whole(ReadOnlySpan<byte> data, int atLeast)
    {
        var whole = FrameLength + (long)BinaryPrimitives.ReadInt32BigEndian(data[8..]);
        return whole >= atLeast && whole <= data.Length ? (int)whole : 0;
    }

    private FieldValue Int32(int at) => FieldValue.From(BinaryPrimitives.ReadInt32BigEndian(Data[at..]));

    private FieldValue Int64(int at) => FieldValue.From(BinaryPrimitives.ReadInt64BigEndian(Data[at..]));

    /// <summary>A field that only batches of magic 2 have.</summary>
    private FieldValue Modern(int at, int size)
    {
        if (!IsModern) return FieldValue.From(0);
        return size switch { sizeof(short) => FieldValue.From(BinaryPrimitives.ReadInt16BigEndian(Data[at..])), sizeof(int) => Int32(at), _ => Int64(at) };
    }

    private FieldValue[] ReadRecords()
    {
        if (_budget is null) return [];
        var records = new List<FieldValue>();
        if (!IsModern)
        {
            _problem = KafkaMessageSet.Read(_data, _budget, records);
            return [.. records];
        }

        var count = BinaryPrimitives.ReadInt32BigEndian(Data[CountOffset..]);
        var content = KafkaCompression.Open(_data[HeadLength..], Attributes, _budget, out _problem);
        var reader = new KafkaReader(content.Span);
        for (var i = 0; i < count && _budget.TakeValue(); i++)
        {
            if (!KafkaRecord.TryRead(ref reader, content, _budget, out var record))
            {
                _problem ??= "The batch has fewer records than it says.";
                break;
            }

            records.Add(FieldValue.From(record));
        }

        if (_budget.Exceeded) _problem ??= "The message has more values than are read of one message.";
        return [.. records];
    }
}
