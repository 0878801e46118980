using System.Buffers.Binary;

namespace Wirehook.Dissection.Protocols.Tls;

/// <summary>A record of DTLS before encryption and up to version 1.2 (RFC 6347 §4.1).</summary>
internal readonly ref struct DtlsRecord
{
    private const int HeaderLength = 13;
    private const int LongestBody = (1 << 14) + 2048;

    /// <summary>The content type.</summary>
    public byte Type { get; private init; }

    /// <summary>The epoch: 0 before encryption.</summary>
    public ushort Epoch { get; private init; }

    /// <summary>What lies behind the header.</summary>
    public ReadOnlySpan<byte> Body { get; private init; }

    /// <summary>Takes the record at the start of <paramref name="datagram"/>, which moves on. False where there is none.</summary>
    public static bool TryTake(ref ReadOnlySpan<byte> datagram, out DtlsRecord record)
    {
        record = default;
        if (datagram.Length < HeaderLength || datagram[0] is < ContentType.ChangeCipherSpec or > 25) return false;
        if (BinaryPrimitives.ReadUInt16BigEndian(datagram[1..]) is not (TlsVersion.Dtls10 or TlsVersion.Dtls12)) return false;
        int length = BinaryPrimitives.ReadUInt16BigEndian(datagram[11..]);
        if (length is 0 or > LongestBody || length > datagram.Length - HeaderLength) return false;
        record = new DtlsRecord { Type = datagram[0], Epoch = BinaryPrimitives.ReadUInt16BigEndian(datagram[3..]), Body = datagram.Slice(HeaderLength, length) };
        datagram = datagram[(HeaderLength + length)..];
        return true;
    }
}

/// <summary>A piece of a handshake message of DTLS (RFC 6347 §4.2.2).</summary>
internal readonly ref struct DtlsFragment
{
    private const int HeaderLength = 12;

    /// <summary>The message's type.</summary>
    public byte Type { get; private init; }

    /// <summary>The length of the whole message.</summary>
    public int MessageLength { get; private init; }

    /// <summary>The message's number.</summary>
    public ushort Number { get; private init; }

    /// <summary>Where the piece belongs.</summary>
    public int Offset { get; private init; }

    /// <summary>The piece.</summary>
    public ReadOnlySpan<byte> Data { get; private init; }

    /// <summary>Takes the piece at the start of <paramref name="body"/>, which moves on. False where there is none.</summary>
    public static bool TryTake(ref ReadOnlySpan<byte> body, out DtlsFragment fragment)
    {
        fragment = default;
        if (body.Length < HeaderLength || !HandshakeType.IsKnown(body[0])) return false;
        var (message, offset, length) = (ReadUInt24(body[1..]), ReadUInt24(body[6..]), ReadUInt24(body[9..]));
        if (length > body.Length - HeaderLength || offset + length > message) return false;
        fragment = new DtlsFragment
        {
            Type = body[0],
            MessageLength = message,
            Number = BinaryPrimitives.ReadUInt16BigEndian(body[4..]),
            Offset = offset,
            Data = body.Slice(HeaderLength, length),
        };
        body = body[(HeaderLength + length)..];
        return true;
    }

    private static int ReadUInt24(ReadOnlySpan<byte> bytes) => (bytes[0] << 16) | (bytes[1] << 8) | bytes[2];
}
