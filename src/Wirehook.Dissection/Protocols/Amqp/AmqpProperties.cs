using System.Buffers.Binary;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Amqp;

/// <summary>The properties of a content (AMQP 0-9-1 §1.8.1), read from the content header's payload when asked for; absent ones are empty or 0.</summary>
internal sealed class AmqpProperties(ReadOnlyMemory<byte> header) : Record
{
    private const int SizeOffset = 4;
    private const int FlagsOffset = 12;
    private const int Count = 14;
    private const string NoTime = "0001-01-01T00:00:00Z";

    private static readonly AmqpType[] Types =
    [
        AmqpType.ShortString, AmqpType.ShortString, AmqpType.Table, AmqpType.Octet, AmqpType.Octet, AmqpType.ShortString, AmqpType.ShortString,
        AmqpType.ShortString, AmqpType.ShortString, AmqpType.LongLong, AmqpType.ShortString, AmqpType.ShortString, AmqpType.ShortString, AmqpType.ShortString,
    ];

    private FieldValue[]? _values;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("AmqpProperties", "The properties of a message's content; those that were not sent are empty or 0.",
    [
        Text(0, "contentType", "MIME type of the body."),
        Text(1, "contentEncoding", "Content coding of the body."),
        new("headers", "{ [name: string]: any } | null", "The application's headers.", static r => ((AmqpProperties)r).Value(2) is { Kind: FieldKind.Map } map ? map : FieldValue.Null),
        Number(3, "deliveryMode", "1 for transient, 2 for persistent."),
        Number(4, "priority", "0 to 9."),
        Text(5, "correlationId", "Identifies the request that the message answers."),
        Text(6, "replyTo", "The queue for answers."),
        Text(7, "expiration", "Milliseconds that the message lives, in decimal."),
        Text(8, "messageId", "The application's identification of the message."),
        new("timestamp", "string", "The application's time, RFC 3339; year 1 where it was not sent.",
            static r => ((AmqpProperties)r).Value(9) is { Kind: FieldKind.String } time ? time : FieldValue.From(NoTime)),
        Text(10, "type", "The application's name of the message's type."),
        Text(11, "userId", "The user that published."),
        Text(12, "appId", "The application that published."),
    ]);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    /// <summary>Bytes of the body that the header announces.</summary>
    public static ulong BodySize(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadUInt64BigEndian(header[SizeOffset..]);

    /// <summary>Whether <paramref name="header"/> is a content header, down to the last byte.</summary>
    public static bool Fits(ReadOnlySpan<byte> header)
    {
        if (BinaryPrimitives.ReadUInt16BigEndian(header) != AmqpMethod.BasicClass || BinaryPrimitives.ReadUInt16BigEndian(header[2..]) != 0) return false;
        var flags = BinaryPrimitives.ReadUInt16BigEndian(header[FlagsOffset..]);
        if ((flags & 3) != 0) return false;
        var reader = new AmqpReader(header[(FlagsOffset + 2)..]);
        for (var i = 0; i < Count; i++)
        {
            if ((flags & (0x8000 >> i)) == 0) continue;
            reader.Bytes(Types[i] switch { AmqpType.Octet => 1, AmqpType.LongLong => 8, AmqpType.ShortString => reader.Octet(), _ => reader.Long() });
        }

        return reader.IsAtEnd;
    }

    private static Field Text(int index, string name, string description) =>
        new(name, "string", description, r => ((AmqpProperties)r).Value(index) is { Kind: FieldKind.String } text ? text : FieldValue.From(""));

    private static Field Number(int index, string name, string description) =>
        new(name, "number", description, r => FieldValue.From(((AmqpProperties)r).Value(index).AsNumber));

    private FieldValue Value(int index) => (_values ??= ReadAll())[index];

    private FieldValue[] ReadAll()
    {
        var values = new FieldValue[Count];
        var flags = BinaryPrimitives.ReadUInt16BigEndian(header.Span[FlagsOffset..]);
        var reader = new AmqpReader(header.Span[(FlagsOffset + 2)..]);
        for (var i = 0; i < Count; i++)
        {
            if ((flags & (0x8000 >> i)) == 0) continue;
            values[i] = Types[i] switch
            {
                AmqpType.Octet => FieldValue.From(reader.Octet()),
                AmqpType.LongLong => FieldValue.From(AmqpTable.TimeText(reader.LongLong())),
                AmqpType.ShortString => FieldValue.From(reader.ShortText()),
                _ => FieldValue.From(AmqpTable.Read(reader.LongString())),
            };
        }

        return values;
    }
}
