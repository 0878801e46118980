using System.Buffers.Binary;

namespace Wirehook.Dissection.Protocols.Mongo;

/// <summary>Types of BSON values (bsonspec.org, version 1.1).</summary>
internal enum BsonType : byte
{
    Double = 0x01,
    String = 0x02,
    Document = 0x03,
    Array = 0x04,
    Binary = 0x05,
    Undefined = 0x06,
    ObjectId = 0x07,
    Boolean = 0x08,
    Date = 0x09,
    Null = 0x0A,
    Regex = 0x0B,
    Pointer = 0x0C,
    Code = 0x0D,
    Symbol = 0x0E,
    ScopedCode = 0x0F,
    Int32 = 0x10,
    Timestamp = 0x11,
    Int64 = 0x12,
    Decimal128 = 0x13,
    MaxKey = 0x7F,
    MinKey = 0xFF,
}

/// <summary>One element of a document.</summary>
/// <param name="type">Its type.</param>
/// <param name="name">Its name, without the end mark.</param>
/// <param name="value">Its value's bytes, as the type lays them out.</param>
internal readonly ref struct BsonElement(BsonType type, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
{
    /// <summary>The type.</summary>
    public BsonType Type { get; } = type;

    /// <summary>The name, UTF-8.</summary>
    public ReadOnlySpan<byte> Name { get; } = name;

    /// <summary>The value's bytes, lengths included.</summary>
    public ReadOnlySpan<byte> Value { get; } = value;

    /// <summary>The text of a string, symbol or piece of code; empty for other types.</summary>
    public ReadOnlySpan<byte> Text => Type is BsonType.String or BsonType.Symbol or BsonType.Code && Value.Length > 4 ? Value[4..^1] : default;

    /// <summary>The value of a number or boolean; false for other types.</summary>
    public bool TryGetNumber(out double number)
    {
        number = Type switch
        {
            BsonType.Double => BinaryPrimitives.ReadDoubleLittleEndian(Value),
            BsonType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(Value),
            BsonType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(Value),
            BsonType.Boolean => Value[0],
            _ => double.NaN,
        };
        return !double.IsNaN(number);
    }
}

/// <summary>Walks over the elements of a document. Stops where it ends, is cut, or is not well-formed.</summary>
internal ref struct BsonReader
{
    private const int LengthSize = 4;
    private ReadOnlySpan<byte> _rest;

    /// <summary>Over the document at the front of <paramref name="data"/>.</summary>
    public BsonReader(ReadOnlySpan<byte> data) => _rest = TrySlice(data, out var document, out _) ? document[LengthSize..] : default;

    /// <summary>The document at the front of <paramref name="data"/>, its length included, as far as it is there.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="document">The document.</param>
    /// <param name="rest">What follows it.</param>
    public static bool TrySlice(ReadOnlySpan<byte> data, out ReadOnlySpan<byte> document, out ReadOnlySpan<byte> rest)
    {
        document = rest = default;
        if (data.Length < LengthSize + 1) return false;
        var length = BinaryPrimitives.ReadInt32LittleEndian(data);
        if (length < LengthSize + 1) return false;
        document = data[..Math.Min(length, data.Length)];
        rest = data[document.Length..];
        return true;
    }

    /// <summary>The next element.</summary>
    public bool TryRead(out BsonElement element)
    {
        element = default;
        if (_rest.IsEmpty || _rest[0] == 0) return false;
        var type = (BsonType)_rest[0];
        var nameEnd = _rest[1..].IndexOf((byte)0);
        if (nameEnd < 0) return Stop();
        var name = _rest.Slice(1, nameEnd);
        var value = _rest[(nameEnd + 2)..];
        var length = LengthOf(type, value);
        if (length < 0 || length > value.Length) return Stop();
        element = new BsonElement(type, name, value[..(int)length]);
        _rest = value[(int)length..];
        return true;
    }

    /// <summary>The first element with this name.</summary>
    public static bool TryFind(ReadOnlySpan<byte> document, ReadOnlySpan<byte> name, out BsonElement element)
    {
        var reader = new BsonReader(document);
        while (reader.TryRead(out element))
        {
            if (element.Name.SequenceEqual(name)) return true;
        }

        return false;
    }

    private bool Stop()
    {
        _rest = default;
        return false;
    }

    /// <summary>Bytes of a value, -1 where that cannot be told.</summary>
    private static long LengthOf(BsonType type, ReadOnlySpan<byte> value)
    {
        switch (type)
        {
            case BsonType.Double or BsonType.Date or BsonType.Timestamp or BsonType.Int64:
                return 8;
            case BsonType.Int32:
                return 4;
            case BsonType.Boolean:
                return 1;
            case BsonType.ObjectId:
                return 12;
            case BsonType.Decimal128:
                return 16;
            case BsonType.Undefined or BsonType.Null or BsonType.MinKey or BsonType.MaxKey:
                return 0;
            case BsonType.String or BsonType.Code or BsonType.Symbol:
                return Prefixed(value, least: 1) is >= 0 and var text ? LengthSize + text : -1;
            case BsonType.Document or BsonType.Array:
                return Prefixed(value, least: LengthSize + 1);
            case BsonType.ScopedCode:
                return Prefixed(value, least: LengthSize + LengthSize + 1 + LengthSize + 1);
            case BsonType.Binary:
                return Prefixed(value, least: 0) is >= 0 and var bytes ? LengthSize + 1 + bytes : -1;
            case BsonType.Pointer:
                return Prefixed(value, least: 1) is >= 0 and var name ? LengthSize + name + 12 : -1;
            case BsonType.Regex:
                var pattern = value.IndexOf((byte)0);
                var options = pattern < 0 ? -1 : value[(pattern + 1)..].IndexOf((byte)0);
                return options < 0 ? -1 : pattern + options + 2;
            default:
                return -1;
        }
    }

    private static long Prefixed(ReadOnlySpan<byte> value, int least)
    {
        if (value.Length < LengthSize) return -1;
        var length = BinaryPrimitives.ReadInt32LittleEndian(value);
        return length >= least ? length : -1;
    }
}
