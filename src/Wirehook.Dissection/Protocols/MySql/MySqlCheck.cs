using System.Buffers;
using System.Buffers.Binary;

namespace Wirehook.Dissection.Protocols.MySql;

/// <summary>
/// How well bytes fit the packets of one side (MySQL Internals, "MySQL Packets"): lengths, sequence numbers without holes, and contents that agree with them.
/// Each whole packet that fits adds its weight.
/// </summary>
internal static class MySqlCheck
{
    /// <summary>Length and sequence number.</summary>
    public const int HeaderLength = 4;

    /// <summary>A payload of this length goes on in the next packet.</summary>
    public const int LongestPayload = 0xff_ffff;

    /// <summary>Weight from which bytes in mid-stream are believed on a port of the protocol, and behind a gap.</summary>
    public const int Strong = 3;

    /// <summary>Weight from which bytes in mid-stream are believed on any port.</summary>
    public const int Unmistakable = 4;

    /// <summary>Length, number and uncompressed length.</summary>
    public const int CompressedHeaderLength = 7;

    private const int Enough = 8;
    private const int MostPackets = 32;
    private const int LongestGreeting = 512;
    private static readonly SearchValues<byte> Unprintable = SearchValues.Create(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 28, 29, 30, 31, 127]);

    private static readonly string[] Verbs =
    [
        "SELECT", "INSERT", "UPDATE", "DELETE", "REPLACE", "SET", "SHOW", "USE", "CREATE", "DROP", "ALTER", "BEGIN", "COMMIT", "ROLLBACK", "START", "CALL", "EXPLAIN", "DESC", "WITH",
        "TRUNCATE", "LOCK", "UNLOCK", "GRANT", "REVOKE", "ANALYZE", "OPTIMIZE", "KILL", "LOAD", "PREPARE", "EXECUTE", "DEALLOCATE", "SAVEPOINT", "RELEASE", "FLUSH", "DO", "/*", "--",
        "HANDLER", "RENAME", "CHANGE", "STOP", "RESET", "PURGE", "(",
    ];

    /// <summary>The declared length of the payload.</summary>
    public static int PayloadLength(ReadOnlySpan<byte> header) => header[0] | (header[1] << 8) | (header[2] << 16);

    /// <summary>The weight of the packets that <paramref name="data"/> begins with; -1 where one does not fit.</summary>
    /// <param name="data">Bytes of one side, from the start of a packet.</param>
    /// <param name="server">Which side.</param>
    /// <param name="incomplete">Whether the bytes end within a packet before the weight is decisive.</param>
    public static int Weigh(ReadOnlySpan<byte> data, bool server, out bool incomplete)
    {
        incomplete = false;
        var (weight, sequence, columns) = (0, -1, false);
        // Packets without weight tell nothing, however many there are.
        for (var packets = 0; !data.IsEmpty && weight < Enough && packets < MostPackets; packets++)
        {
            if (data.Length <= HeaderLength) return Partial(weight, out incomplete);
            var length = PayloadLength(data);
            if (length == 0 || !FitsOrder(data[3], sequence, server)) return -1;
            var payload = data[HeaderLength..Math.Min(HeaderLength + length, data.Length)];
            var fit = server ? FitServer(payload, length, ref columns) : FitClient(payload, length, data[3]);
            if (fit < 0) return -1;
            if (payload.Length < length) return Partial(weight, out incomplete);
            (weight, sequence) = (weight + fit, data[3]);
            data = data[(HeaderLength + length)..];
        }

        return weight;
    }

    /// <summary>Whether the payload is the server's first packet, version 10.</summary>
    public static bool IsGreeting(ReadOnlySpan<byte> payload, int length)
    {
        if (length is < 24 or > LongestGreeting || payload.IsEmpty || payload[0] != 10) return false;
        var version = payload[1..].IndexOf((byte)0);
        if (version < 0) return payload.Length < length && !payload[1..].ContainsAny(Unprintable);
        if (version < 3 || payload.Slice(1, version).ContainsAny(Unprintable) || !char.IsAsciiDigit((char)payload[1])) return false;
        // Thread id, eight bytes of the scramble, and a filler that is always zero.
        var filler = 1 + version + 1 + 4 + 8;
        return filler >= payload.Length || payload[filler] == 0;
    }

    /// <summary>Whether the payload is the client's first packet of protocol 4.1 (or the beginning of it that asks for TLS).</summary>
    public static bool IsLogin(ReadOnlySpan<byte> payload, int length)
    {
        if (length < 32 || payload.Length < 32) return false;
        var capabilities = (MySqlCapabilities)BinaryPrimitives.ReadUInt32LittleEndian(payload);
        return (capabilities & MySqlCapabilities.Protocol41) != 0 && !payload[9..28].ContainsAnyExcept((byte)0) && payload[8] != 0
            && (length == 32 ? (capabilities & MySqlCapabilities.Tls) != 0 : payload.Length == 32 || !payload[32..].StartsWith((byte)0) || length > 40);
    }

    /// <summary>Whether the payload is an error packet with an SQLSTATE.</summary>
    public static bool IsError(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < 9 || payload[0] != 0xff || payload[3] != '#') return false;
        foreach (var character in payload[4..9])
        {
            if (!char.IsAsciiLetterUpper((char)character) && !char.IsAsciiDigit((char)character)) return false;
        }

        return !payload[9..].ContainsAny(Unprintable);
    }

    /// <summary>Whether the payload is an error packet without SQLSTATE: a number that servers use, and a sentence.</summary>
    public static bool IsPlainError(ReadOnlySpan<byte> payload) =>
        payload.Length > 8 && payload[0] == 0xff && BinaryPrimitives.ReadUInt16LittleEndian(payload[1..]) is >= 1000 and < 5000 && !payload[3..].ContainsAny(Unprintable);

    /// <summary>
    /// Whether the bytes are a compressed packet that carries an uncompressed one, as all short ones are: the length, a number, a length of 0 where the uncompressed
    /// one would be, and the packet itself.
    /// </summary>
    public static bool WrapsPacket(ReadOnlySpan<byte> data) =>
        data.Length >= CompressedHeaderLength + HeaderLength && PayloadLength(data[HeaderLength..]) == 0 && data[3] <= 1
        && PayloadLength(data) == HeaderLength + PayloadLength(data[CompressedHeaderLength..]);

    /// <summary>Whether the text begins like SQL.</summary>
    public static bool BeginsLikeSql(ReadOnlySpan<byte> text)
    {
        text = text.TrimStart(" \t\r\n"u8);
        foreach (var verb in Verbs)
        {
            if (text.Length < verb.Length || !System.Text.Ascii.EqualsIgnoreCase(text[..verb.Length], verb)) continue;
            if (verb.Length <= 2 || text.Length == verb.Length || !char.IsAsciiLetterOrDigit((char)text[verb.Length])) return true;
        }

        return false;
    }

    /// <summary>The SQL text of COM_QUERY behind query attributes that are none: counts of 0 and 1.</summary>
    public static ReadOnlySpan<byte> SkipNoAttributes(ReadOnlySpan<byte> text) => text is [0, 1, ..] ? text[2..] : text;

    private static int Partial(int weight, out bool incomplete)
    {
        incomplete = true;
        return weight;
    }

    /// <summary>Each command starts anew at 0; answers go on from there.</summary>
    private static bool FitsOrder(byte sequence, int before, bool server)
    {
        if (!server) return sequence == 0 || sequence == (byte)(before + 1) || before < 0;
        return before < 0 ? sequence > 0 : sequence == (byte)(before + 1) || sequence == 1;
    }

    private static int FitClient(ReadOnlySpan<byte> payload, int length, byte sequence)
    {
        if (sequence == 1) return IsLogin(payload, length) ? Unmistakable : payload.Length < 32 && payload.Length < length ? 0 : -1;
        if (sequence != 0 || !MySqlCommands.IsKnown(payload[0])) return -1;
        switch (payload[0])
        {
            case MySqlCommands.Query or MySqlCommands.StmtPrepare:
                var text = SkipNoAttributes(payload[1..]);
                return text.ContainsAny(Unprintable) && payload.Length == length && length < 64 ? -1 : BeginsLikeSql(text) ? Unmistakable : payload.Length < 8 && payload.Length < length ? 0 : -1;
            case MySqlCommands.InitDb:
                return length is > 1 and <= 193 && !payload[1..].ContainsAny(Unprintable) ? 2 : -1;
            case MySqlCommands.StmtExecute:
                return length < 10 ? -1 : payload.Length < 10 ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(payload[6..]) == 1 && payload[5] < 16 ? Strong : -1;
            case MySqlCommands.StmtClose or MySqlCommands.StmtReset:
                return length == 5 ? 1 : -1;
            case MySqlCommands.StmtFetch:
                return length == 9 ? 1 : -1;
            case MySqlCommands.Quit or MySqlCommands.Ping or MySqlCommands.Statistics or MySqlCommands.ResetConnection or MySqlCommands.ProcessInfo:
                return length == 1 ? 1 : -1;
            default:
                return length < 64 << 10 ? 0 : -1;
        }
    }

    private static int FitServer(ReadOnlySpan<byte> payload, int length, ref bool columns)
    {
        if (payload.StartsWith("\u0003def"u8))
        {
            columns = true;
            return length is > 20 and < 4096 ? Unmistakable : -1;
        }

        if (payload.Length < 4 && payload.Length < length) return 0;
        switch (payload[0])
        {
            case 0x00 when !columns:
                return FitOk(payload, length);
            case 0xff:
                return IsError(payload) ? Unmistakable : payload.Length < length && payload.Length < 9 ? 0 : -1;
            case 0xfe:
                return length is 5 or >= 7 and < 1024 ? 1 : -1;
            default:
                return columns ? FitRow(payload, length) : length <= 3 && payload[0] is > 0 and < 0xfb ? 0 : -1;
        }
    }

    private static int FitOk(ReadOnlySpan<byte> payload, int length)
    {
        if (payload.Length < length) return length < 4096 ? 0 : -1;
        var cursor = new MySqlCursor(payload[1..]);
        cursor.ReadLength();
        cursor.ReadLength();
        var status = cursor.ReadInt16();
        var warnings = cursor.ReadInt16();
        if (length == 12 && payload[9] == 0 && BinaryPrimitives.ReadUInt32LittleEndian(payload[1..]) is > 0 and < 1 << 24) return 1;
        return !cursor.Failed && (status & 0x8004) == 0 && (status & 3) != 0 && warnings < 4096 ? cursor.Rest.IsEmpty ? 2 : 1 : -1;
    }

    private static int FitRow(ReadOnlySpan<byte> payload, int length)
    {
        if (payload[0] == 0 || payload.Length < length) return 0;
        var cursor = new MySqlCursor(payload);
        while (!cursor.Rest.IsEmpty)
        {
            if (!cursor.ReadNull()) cursor.ReadString();
        }

        return cursor.Failed ? -1 : 1;
    }
}
