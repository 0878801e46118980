using System.Buffers.Binary;

namespace Wirehook.Dissection.Protocols.Tls;

/// <summary>Content types of records (RFC 8446 §5.1).</summary>
internal static class ContentType
{
    public const byte ChangeCipherSpec = 20;
    public const byte Alert = 21;
    public const byte Handshake = 22;
    public const byte ApplicationData = 23;
    public const byte Heartbeat = 24;
}

/// <summary>The five bytes before each record.</summary>
/// <param name="Type">The content type.</param>
/// <param name="Version">The record's version, which later versions of TLS froze.</param>
/// <param name="BodyLength">Bytes behind the header.</param>
internal readonly record struct RecordHeader(byte Type, ushort Version, int BodyLength)
{
    /// <summary>Bytes of a header.</summary>
    public const int Length = 5;

    /// <summary>The longest body: 2^14 bytes and what the most generous version allows for expansion (RFC 5246 §6.2.3).</summary>
    public const int LongestBody = (1 << 14) + 2048;

    /// <summary>Header and body together.</summary>
    public int TotalLength => Length + BodyLength;

    /// <summary>Reads a header. False where the bytes cannot start a record.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out RecordHeader header)
    {
        header = default;
        if (bytes.Length < Length) return false;
        header = new RecordHeader(bytes[0], BinaryPrimitives.ReadUInt16BigEndian(bytes[1..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[3..]));
        return header.IsPossible;
    }

    /// <summary>Whether bytes may start a record, however few there are.</summary>
    public static bool MayStart(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= Length) return TryRead(bytes, out _);
        return (bytes.Length < 1 || bytes[0] is >= ContentType.ChangeCipherSpec and <= ContentType.Heartbeat)
            && (bytes.Length < 2 || bytes[1] == 3) && (bytes.Length < 3 || bytes[2] <= 4);
    }

    private bool IsPossible => Version is >= TlsVersion.Ssl30 and <= TlsVersion.Tls13 && BodyLength <= LongestBody && Type switch
    {
        ContentType.ChangeCipherSpec => BodyLength is >= 1 and <= 512,
        ContentType.Alert => BodyLength is >= 2 and <= 512,
        ContentType.Handshake => BodyLength > 0,
        ContentType.ApplicationData => true,
        ContentType.Heartbeat => BodyLength > 0,
        _ => false,
    };
}
