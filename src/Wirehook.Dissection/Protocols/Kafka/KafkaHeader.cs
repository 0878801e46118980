using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Kafka;

/// <summary>One header of a record.</summary>
internal sealed class KafkaHeader(ReadOnlyMemory<byte> name, long nameLength, ReadOnlyMemory<byte> value, long valueLength) : Record
{
    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("KafkaHeader", "One header of a record.",
    [
        new("headerKeyLength", "number", "Bytes of the name.", static r => FieldValue.From(((KafkaHeader)r).NameLength)),
        new("headerKey", "string", "The name.", static r => KafkaRecord.Text(((KafkaHeader)r).Name)),
        new("headerValueLength", "number", "Bytes of the value; -1 where there is none.", static r => FieldValue.From(((KafkaHeader)r).ValueLength)),
        new("value", "string", "The value.", static r => KafkaRecord.Text(((KafkaHeader)r).Value)),
        new("valueEncoding", "string", "`base64` where the value is not UTF-8.", static r => KafkaRecord.Encoding(((KafkaHeader)r).Value), Optional: true),
    ]);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private ReadOnlyMemory<byte> Name => name;

    private ReadOnlyMemory<byte> Value => value;

    private long NameLength => nameLength;

    private long ValueLength => valueLength;
}
