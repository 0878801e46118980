using System.Buffers.Binary;

namespace Wirehook.Dissection.Protocols.WebSocket;

/// <summary>The header of a frame (RFC 6455 §5.2).</summary>
internal readonly struct WebSocketFrameHeader
{
    private const int LongestControlPayload = 125;
    private const byte Length16 = 126;
    private const byte Length64 = 127;
    private readonly byte _first;

    private WebSocketFrameHeader(byte first, bool masked, uint maskKey, int length, ulong payloadLength)
    {
        (_first, IsMasked, MaskKey, Length, PayloadLength) = (first, masked, maskKey, length, (long)payloadLength);
    }

    /// <summary>Bytes of the shortest header.</summary>
    public const int Shortest = 2;

    public bool IsFinal => (_first & 0x80) != 0;

    public bool Rsv1 => (_first & 0x40) != 0;

    public bool Rsv2 => (_first & 0x20) != 0;

    public bool Rsv3 => (_first & 0x10) != 0;

    public WebSocketOpcode Opcode => (WebSocketOpcode)(_first & 0x0f);

    public bool IsMasked { get; }

    /// <summary>The masking key, most significant byte first; 0 for a frame without one.</summary>
    public uint MaskKey { get; }

    /// <summary>Bytes of the header.</summary>
    public int Length { get; }

    /// <summary>Bytes of the payload on the wire.</summary>
    public long PayloadLength { get; }

    /// <summary>Header and payload.</summary>
    public long FrameLength => Length + PayloadLength;

    /// <summary>Whether the frame keeps the rules that hold for every connection.</summary>
    public bool IsValid => PayloadLength is >= 0 and < long.MaxValue - 64 && WebSocketOpcodes.IsDefined(Opcode) && !Rsv2 && !Rsv3
        && (!WebSocketOpcodes.IsControl(Opcode) || (IsFinal && !Rsv1 && PayloadLength <= LongestControlPayload));

    /// <summary>Whether the length takes as few bytes as RFC 6455 §5.2 demands.</summary>
    public bool IsMinimal => PayloadLength switch
    {
        < Length16 => Length is 2 or 6,
        <= ushort.MaxValue => Length is 4 or 8,
        _ => true,
    };

    /// <summary>Reads the header at the beginning of <paramref name="data"/>. False where more bytes are needed.</summary>
    /// <param name="data">Bytes of one direction.</param>
    /// <param name="header">The header.</param>
    /// <param name="needed">How many bytes there must be, where there are too few.</param>
    public static bool TryRead(ReadOnlySpan<byte> data, out WebSocketFrameHeader header, out int needed)
    {
        header = default;
        needed = Shortest;
        if (data.Length < needed) return false;
        var (masked, code) = ((data[1] & 0x80) != 0, (byte)(data[1] & 0x7f));
        var lengthBytes = code switch { Length16 => 2, Length64 => 8, _ => 0 };
        needed = Shortest + lengthBytes + (masked ? sizeof(uint) : 0);
        if (data.Length < needed) return false;
        var length = code switch
        {
            Length16 => BinaryPrimitives.ReadUInt16BigEndian(data[Shortest..]),
            Length64 => BinaryPrimitives.ReadUInt64BigEndian(data[Shortest..]),
            _ => code,
        };
        var key = masked ? BinaryPrimitives.ReadUInt32BigEndian(data[(Shortest + lengthBytes)..]) : 0;
        header = new WebSocketFrameHeader(data[0], masked, key, needed, length);
        return true;
    }
}
