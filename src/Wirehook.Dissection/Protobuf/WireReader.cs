using System.Buffers.Binary;

namespace Wirehook.Dissection.Protobuf;

/// <summary>How a field's value is encoded (protocol buffers, "Encoding").</summary>
internal enum WireType : byte
{
    Varint,
    Fixed64,
    Length,
    StartGroup,
    EndGroup,
    Fixed32,
}

/// <summary>Reads the fields of a message one after another.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> data)
{
    private ReadOnlySpan<byte> _rest = data;

    /// <summary>Whether everything was read.</summary>
    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>The field's number.</summary>
    public int Number { get; private set; }

    /// <summary>How its value is encoded.</summary>
    public WireType Type { get; private set; }

    /// <summary>The value of a varint or fixed field.</summary>
    public ulong Value { get; private set; }

    /// <summary>The value of a length-delimited field.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>Reads the next field with its value. False where the bytes are no field; a group's begin and end are fields without value.</summary>
    public bool Read()
    {
        if (!TryVarint(ref _rest, out var tag) || tag >> 3 is 0 or > 0x1fff_ffff) return false;
        (Number, Type) = ((int)(tag >> 3), (WireType)(tag & 7));
        switch (Type)
        {
            case WireType.Varint:
                if (!TryVarint(ref _rest, out var value)) return false;
                Value = value;
                return true;
            case WireType.Fixed64 when _rest.Length >= 8:
                Value = BinaryPrimitives.ReadUInt64LittleEndian(_rest);
                _rest = _rest[8..];
                return true;
            case WireType.Fixed32 when _rest.Length >= 4:
                Value = BinaryPrimitives.ReadUInt32LittleEndian(_rest);
                _rest = _rest[4..];
                return true;
            case WireType.Length:
                if (!TryVarint(ref _rest, out var length) || length > (ulong)_rest.Length) return false;
                Bytes = _rest[..(int)length];
                _rest = _rest[(int)length..];
                return true;
            default:
                return Type is WireType.StartGroup or WireType.EndGroup;
        }
    }

    /// <summary>Reads a varint of at most ten bytes off the beginning of <paramref name="data"/>.</summary>
    public static bool TryVarint(ref ReadOnlySpan<byte> data, out ulong value)
    {
        value = 0;
        for (var i = 0; i < Math.Min(data.Length, 10); i++)
        {
            value |= (ulong)(data[i] & 0x7f) << (7 * i);
            if (data[i] >= 0x80) continue;
            data = data[(i + 1)..];
            return true;
        }

        return false;
    }
}
