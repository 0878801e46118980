using System.Buffers.Binary;

namespace Wirehook.Dissection.Protocols.Quic;

/// <summary>The kinds of packets with a long header.</summary>
internal enum QuicPacketKind : byte
{
    /// <summary>The first flight.</summary>
    Initial,

    /// <summary>Early data.</summary>
    ZeroRtt,

    /// <summary>The rest of the handshake.</summary>
    Handshake,

    /// <summary>The server wants the client to prove its address first.</summary>
    Retry,

    /// <summary>The server knows other versions.</summary>
    VersionNegotiation,
}

/// <summary>The long header of a packet (RFC 9000 §17.2), as far as it is not protected.</summary>
internal readonly ref struct LongHeader
{
    private const int LongestConnectionId = 20;
    private const byte LongForm = 0x80;
    private const byte FixedBit = 0x40;

    /// <summary>Which kind of packet.</summary>
    public QuicPacketKind Kind { get; private init; }

    /// <summary>The version's number.</summary>
    public uint Version { get; private init; }

    /// <summary>The receiver's connection id.</summary>
    public ReadOnlySpan<byte> Destination { get; private init; }

    /// <summary>The sender's connection id.</summary>
    public ReadOnlySpan<byte> Source { get; private init; }

    /// <summary>Bytes of the token of an Initial packet.</summary>
    public int TokenLength { get; private init; }

    /// <summary>Where the packet number is; for version negotiation, where the list begins.</summary>
    public int PayloadAt { get; private init; }

    /// <summary>The packet with its header; further ones may follow in the datagram.</summary>
    public ReadOnlySpan<byte> Packet { get; private init; }

    /// <summary>Reads a header. False where there is none, or its version is not known.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out LongHeader header)
    {
        header = default;
        if (data.Length < 7 || (data[0] & LongForm) == 0) return false;
        var number = BinaryPrimitives.ReadUInt32BigEndian(data[1..]);
        var version = QuicVersion.Of(number);
        if ((version is null && number != 0) || (version is not null && (data[0] & FixedBit) == 0)) return false;
        var at = 5;
        if (!TryReadId(data, ref at, out var destination) || !TryReadId(data, ref at, out var source)) return false;
        if (version is null)
        {
            if ((data.Length - at) % 4 != 0 || data.Length == at) return false;
            header = new LongHeader { Kind = QuicPacketKind.VersionNegotiation, Destination = destination, Source = source, PayloadAt = at, Packet = data };
            return true;
        }

        return TryReadRest(data, version, number, at, destination, source, out header);
    }

    /// <summary>Reads a number of variable length (RFC 9000 §16).</summary>
    public static bool TryReadNumber(ReadOnlySpan<byte> data, scoped ref int at, out long number)
    {
        number = 0;
        if (at >= data.Length) return false;
        var length = 1 << (data[at] >> 6);
        if (length > data.Length - at) return false;
        number = data[at] & 0x3F;
        for (var i = 1; i < length; i++) number = (number << 8) | data[at + i];
        at += length;
        return true;
    }

    private static bool TryReadRest(
        ReadOnlySpan<byte> data, QuicVersion version, uint number, int at, ReadOnlySpan<byte> destination, ReadOnlySpan<byte> source, out LongHeader header)
    {
        header = default;
        var kind = (QuicPacketKind)((((data[0] >> 4) & 3) + (version.IsVersion2 ? 3 : 0)) & 3);
        long token = 0;
        long length = data.Length - at;
        if (kind == QuicPacketKind.Initial && (!TryReadNumber(data, ref at, out token) || token > data.Length - at)) return false;
        at += (int)token;
        if (kind != QuicPacketKind.Retry && (!TryReadNumber(data, ref at, out length) || length > data.Length - at || length < 20)) return false;
        header = new LongHeader
        {
            Kind = kind,
            Version = number,
            Destination = destination,
            Source = source,
            TokenLength = (int)token,
            PayloadAt = at,
            Packet = data[..(at + (int)length)],
        };
        return true;
    }

    private static bool TryReadId(ReadOnlySpan<byte> data, scoped ref int at, out ReadOnlySpan<byte> id)
    {
        id = default;
        if (at >= data.Length || data[at] > LongestConnectionId || data[at] > data.Length - at - 1) return false;
        id = data.Slice(at + 1, data[at]);
        at += 1 + id.Length;
        return true;
    }
}
