using System.Buffers.Binary;

namespace Wirehook.Dissection.Protocols.Mqtt;

/// <summary>Reads the data types of a packet (MQTT 5.0 §1.5). Behind the end everything reads as 0 or empty, and <see cref="Failed"/> says so.</summary>
internal ref struct MqttReader(ReadOnlySpan<byte> data)
{
    private ReadOnlySpan<byte> _rest = data;

    /// <summary>Whether something was read that is not there.</summary>
    public bool Failed { get; private set; }

    /// <summary>What was not read yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>Whether everything was read.</summary>
    public readonly bool AtEnd => _rest.IsEmpty;

    public int ReadByte() => Take(1) is [var value] ? value : 0;

    public int ReadUInt16() => Take(2) is { Length: 2 } bytes ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : 0;

    public uint ReadUInt32() => Take(4) is { Length: 4 } bytes ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : 0;

    /// <summary>Bytes behind their length in two bytes: binary data, or a string in UTF-8.</summary>
    public ReadOnlySpan<byte> ReadBytes() => Take(ReadUInt16());

    /// <summary>A number of up to four bytes of seven bits.</summary>
    public int ReadVariable()
    {
        var value = 0;
        for (var shift = 0; shift <= 21; shift += 7)
        {
            var next = ReadByte();
            value |= (next & 0x7f) << shift;
            if ((next & 0x80) == 0) return value;
        }

        Failed = true;
        return 0;
    }

    /// <summary>The next <paramref name="count"/> bytes.</summary>
    public ReadOnlySpan<byte> Take(int count)
    {
        if (Failed || count > _rest.Length)
        {
            Failed = true;
            return default;
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
