using System.Buffers.Binary;

namespace Wirehook.Dissection.Protocols.Memcached;

/// <summary>The 24 bytes in front of every message of the binary protocol (protocol-binary.xml §2).</summary>
internal readonly struct BinaryHeader
{
    /// <summary>Bytes of the header.</summary>
    public const int Length = 24;

    private const byte RequestMagic = 0x80;
    private const byte ResponseMagic = 0x81;
    private const int LongestKey = 250;
    private const int LongestExtras = 20;

    private BinaryHeader(ReadOnlySpan<byte> data)
    {
        IsRequest = data[0] == RequestMagic;
        Opcode = data[1];
        KeyLength = BinaryPrimitives.ReadUInt16BigEndian(data[2..]);
        ExtrasLength = data[4];
        Status = BinaryPrimitives.ReadUInt16BigEndian(data[6..]);
        BodyLength = BinaryPrimitives.ReadUInt32BigEndian(data[8..]);
        Opaque = BinaryPrimitives.ReadUInt32BigEndian(data[12..]);
        Cas = BinaryPrimitives.ReadUInt64BigEndian(data[16..]);
    }

    /// <summary>Whether the message is a request.</summary>
    public bool IsRequest { get; }

    /// <summary>What it asks for or answers.</summary>
    public byte Opcode { get; }

    /// <summary>Bytes of the key.</summary>
    public int KeyLength { get; }

    /// <summary>Bytes of the extras, in front of the key.</summary>
    public int ExtrasLength { get; }

    /// <summary>A response's status; a request's virtual bucket.</summary>
    public ushort Status { get; }

    /// <summary>Bytes behind the header.</summary>
    public uint BodyLength { get; }

    /// <summary>What the client chose to be repeated in the response.</summary>
    public uint Opaque { get; }

    /// <summary>Version of the data.</summary>
    public ulong Cas { get; }

    /// <summary>Bytes of the message.</summary>
    public long MessageLength => Length + (long)BodyLength;

    /// <summary>Whether <paramref name="first"/> begins a message of the binary protocol.</summary>
    public static bool IsMagic(byte first) => first is RequestMagic or ResponseMagic;

    /// <summary>Reads a header whose lengths agree.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out BinaryHeader header)
    {
        header = default;
        if (data.Length < Length || !IsMagic(data[0])) return false;
        header = new BinaryHeader(data);
        return header.KeyLength <= LongestKey && header.ExtrasLength <= LongestExtras && header.KeyLength + header.ExtrasLength <= header.BodyLength
            && header.BodyLength <= int.MaxValue;
    }

    /// <summary>Whether the header is that of a message that the specification allows: a known opcode with the extras and the key that belong to it.</summary>
    public bool IsPlausible(byte dataType)
    {
        if (dataType != 0 || !BinaryOpcode.IsKnown(Opcode)) return false;
        if (!IsRequest) return Status < 0x100 && (Status != 0 || ExtrasLength is 0 or 4);
        return BinaryOpcode.AllowsExtras(Opcode, ExtrasLength) && (KeyLength > 0) == BinaryOpcode.NeedsKey(Opcode, KeyLength);
    }
}
