using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protobuf;

/// <summary>Values of protocol buffers: by their declared type, or the most likely one. Whole numbers beyond 2^53 are text, because JSON's numbers cannot hold them.</summary>
internal static class ProtobufScalar
{
    private const long ExactLimit = 1L << 53;

    // Control characters that are neither tabs nor line ends.
    private static readonly SearchValues<byte> Unprintable = SearchValues.Create([.. Enumerable.Range(0, 32).Where(c => c is not (9 or 10 or 13)).Select(c => (byte)c), 0x7f]);

    /// <summary>The value of <paramref name="field"/>.</summary>
    public static FieldValue Read(MessageField field, WireType wire, ulong value) => field.Type switch
    {
        FieldType.Bool => FieldValue.From(value != 0),
        FieldType.Enum when field.Names is { } names && names.TryGetValue((int)value, out var name) => FieldValue.From(name),
        FieldType.Int32 or FieldType.Enum or FieldType.SFixed32 => FieldValue.From((int)value),
        FieldType.UInt32 or FieldType.Fixed32 => FieldValue.From((uint)value),
        FieldType.SInt32 => FieldValue.From((int)(((uint)value >> 1) ^ (0 - ((uint)value & 1)))),
        FieldType.Int64 or FieldType.SFixed64 => Whole((long)value),
        FieldType.SInt64 => Whole((long)((value >> 1) ^ (0 - (value & 1)))),
        FieldType.UInt64 or FieldType.Fixed64 => Whole(value),
        FieldType.Double => Real(BitConverter.UInt64BitsToDouble(value)),
        FieldType.Float => Real(BitConverter.UInt32BitsToSingle((uint)value)),
        _ => Guess(wire, value),
    };

    /// <summary>A value of unknown type: a varint is a whole number, negative where it has ten bytes; fixed bytes are a real number where that is of usual size.</summary>
    public static FieldValue Guess(WireType wire, ulong value)
    {
        if (wire == WireType.Varint) return Whole((long)value);
        var real = wire == WireType.Fixed64 ? BitConverter.UInt64BitsToDouble(value) : BitConverter.UInt32BitsToSingle((uint)value);
        return value == 0 || Math.Abs(real) is > 1e-9 and < 1e15 ? Real(real) : Whole(value);
    }

    /// <summary>The text of <paramref name="bytes"/>, or null where they are no UTF-8; and whether it has nothing but printable characters.</summary>
    public static string? ReadText(ReadOnlySpan<byte> bytes, out bool printable)
    {
        printable = !bytes.ContainsAnyInRange((byte)0, (byte)0x1f) && !bytes.Contains((byte)0x7f);
        return (printable || !bytes.ContainsAny(Unprintable)) && Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : null;
    }

    /// <summary>How a packed value of <paramref name="type"/> is encoded.</summary>
    public static WireType WireTypeOf(FieldType type) => type switch
    {
        FieldType.Double or FieldType.Fixed64 or FieldType.SFixed64 => WireType.Fixed64,
        FieldType.Float or FieldType.Fixed32 or FieldType.SFixed32 => WireType.Fixed32,
        _ => WireType.Varint,
    };

    /// <summary>Takes a packed value off the beginning of <paramref name="bytes"/>.</summary>
    public static bool TryTake(ref ReadOnlySpan<byte> bytes, WireType wire, out ulong value)
    {
        if (wire == WireType.Varint) return WireReader.TryVarint(ref bytes, out value);
        var size = wire == WireType.Fixed64 ? 8 : 4;
        value = 0;
        if (bytes.Length < size) return false;
        value = size == 8 ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        bytes = bytes[size..];
        return true;
    }

    /// <summary>A map's key as text.</summary>
    public static string ToKey(FieldValue key) => key.Kind switch
    {
        FieldKind.String => key.AsString,
        FieldKind.Number => key.AsNumber.ToString(CultureInfo.InvariantCulture),
        FieldKind.Boolean => key.AsBoolean ? "true" : "false",
        _ => "",
    };

    private static FieldValue Whole(long value) =>
        value is > -ExactLimit and < ExactLimit ? FieldValue.From(value) : FieldValue.From(value.ToString(CultureInfo.InvariantCulture));

    private static FieldValue Whole(ulong value) => value < ExactLimit ? FieldValue.From(value) : FieldValue.From(value.ToString(CultureInfo.InvariantCulture));

    private static FieldValue Real(double value) => double.IsFinite(value) ? FieldValue.From(value) : FieldValue.From(value.ToString(CultureInfo.InvariantCulture));
}
