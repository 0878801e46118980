using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Kafka;

/// <summary>The records of one partition: batches one after another, taken apart when they are asked for.</summary>
internal sealed class KafkaRecordSet(ReadOnlyMemory<byte> data, KafkaBudget budget) : Record
{
    private List<KafkaRecordBatch>? _batches;
    private bool _truncated;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("KafkaRecordSet", "The records of one partition.",
    [
        new("recordBatch", "KafkaRecordBatch", "The first batch; all numbers are 0 where there is none.", static r => FieldValue.From(((KafkaRecordSet)r).First)),
        new("more", "KafkaRecordBatch[]", "The batches behind the first one.", static r => ((KafkaRecordSet)r).More, Optional: true),
        new("truncated", "boolean", "Present and true when batches are cut off or damaged at the end.",
            static r => ((KafkaRecordSet)r).IsTruncated ? FieldValue.From(true) : FieldValue.Absent, Optional: true),
    ], KafkaRecordBatch.RecordType);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private KafkaRecordBatch First => Batches.Count > 0 ? Batches[0] : KafkaRecordBatch.None;

    private FieldValue More => Batches.Count > 1 ? FieldValue.From(Batches.Skip(1).Select(b => FieldValue.From(b)).ToList()) : FieldValue.Absent;

    private bool IsTruncated
    {
        get
        {
            _ = Batches;
            return _truncated;
        }
    }

    private List<KafkaRecordBatch> Batches => _batches ??= Split();

    private List<KafkaRecordBatch> Split()
    {
        var batches = new List<KafkaRecordBatch>();
        var rest = data;
        while (!rest.IsEmpty)
        {
            if (!budget.TakeValue() || !KafkaRecordBatch.TryRead(rest, budget, out var batch, out var length))
            {
                _truncated = true;
                break;
            }

            batches.Add(batch);
            rest = rest[length..];
        }

        return batches;
    }
}
