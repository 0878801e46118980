using System.Buffers.Binary;
using Wirehook.Dissection.Contract;

namespace Wirehook.Dissection.Protocols.Postgres;

/// <summary>What a packet without type asks for: only the first packets of a connection have none.</summary>
internal enum PostgresStartupKind : byte
{
    /// <summary>StartupMessage.</summary>
    Session,

    /// <summary>SSLRequest.</summary>
    Tls,

    /// <summary>GSSENCRequest.</summary>
    Gss,

    /// <summary>CancelRequest.</summary>
    Cancel,
}

/// <summary>The packets that open a connection: a length, a code, and for a session names and values.</summary>
internal static class PostgresStartup
{
    /// <summary>Length and code.</summary>
    public const int HeaderLength = 8;

    private const uint CancelCode = 80877102;
    private const uint TlsCode = 80877103;
    private const uint GssCode = 80877104;
    private const int LongestPacket = 10_000;

    /// <summary>Whether <paramref name="data"/> begins with such a packet.</summary>
    public static Detection Detect(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty || data[0] != 0) return Detection.No;
        if (data.Length < HeaderLength) return data[1..].StartsWith((byte)0) || data.Length == 1 ? Detection.NeedMore : Detection.No;
        if (!TryRead(data, out var kind, out var length)) return Detection.No;
        if (kind != PostgresStartupKind.Session) return Detection.Certain;
        return FitParameters(data[HeaderLength..Math.Min(length, data.Length)], data.Length >= length);
    }

    /// <summary>Reads what the packet at the front of <paramref name="data"/> is, and its length.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out PostgresStartupKind kind, out int length)
    {
        (kind, length) = (PostgresStartupKind.Session, 0);
        if (data.Length < HeaderLength) return false;
        var declared = BinaryPrimitives.ReadUInt32BigEndian(data);
        var code = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        if (declared is < HeaderLength or > LongestPacket) return false;
        length = (int)declared;
        kind = code switch { TlsCode => PostgresStartupKind.Tls, GssCode => PostgresStartupKind.Gss, CancelCode => PostgresStartupKind.Cancel, _ => PostgresStartupKind.Session };
        return kind switch
        {
            PostgresStartupKind.Tls or PostgresStartupKind.Gss => length == HeaderLength,
            PostgresStartupKind.Cancel => length is >= 16 and <= 12 + 256,
            _ => code >> 16 == 3 && length > HeaderLength,
        };
    }

    private static Detection FitParameters(ReadOnlySpan<byte> parameters, bool isWhole)
    {
        var cursor = new PostgresCursor(parameters);
        var user = false;
        while (true)
        {
            var name = cursor.ReadText();
            if (name.ContainsAnyInRange((byte)1, (byte)31)) return Detection.No;
            if (cursor.Failed) return isWhole ? Detection.No : Detection.NeedMore;
            // The empty name is the end: requests of Kafka begin like a session, and then go on with a number.
            if (name.IsEmpty) return user && isWhole ? Detection.Certain : Detection.No;
            if (cursor.ReadText().ContainsAnyInRange((byte)1, (byte)8)) return Detection.No;
            user |= name.SequenceEqual("user"u8);
        }
    }
}
