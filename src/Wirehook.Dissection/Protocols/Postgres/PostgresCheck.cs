using System.Buffers;
using System.Buffers.Binary;

namespace Wirehook.Dissection.Protocols.Postgres;

/// <summary>
/// How well bytes fit the messages of one side (PostgreSQL documentation, "Message Formats"): a type, a length, and contents that must agree with it. Each
/// whole message that fits adds its weight.
/// </summary>
internal static class PostgresCheck
{
    /// <summary>Weight from which bytes in mid-stream are believed on a port of the protocol, and behind a gap.</summary>
    public const int Strong = 3;

    /// <summary>Weight from which bytes in mid-stream are believed on any port.</summary>
    public const int Unmistakable = 4;

    /// <summary>Type and length.</summary>
    public const int HeaderLength = 5;

    private const int Weak = 1;
    private const int Enough = 8;
    private const int LongestShort = 64 << 10;
    private const int LongestMessage = 0x3FFF_FFFF;
    private const int ColumnLimit = 1664;
    private static readonly SearchValues<byte> Unprintable = SearchValues.Create(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 28, 29, 30, 31, 127]);

    /// <summary>The weight of the messages that <paramref name="data"/> begins with; -1 where one does not fit.</summary>
    /// <param name="data">Bytes of one side, from the start of a message.</param>
    /// <param name="server">Which side.</param>
    /// <param name="incomplete">Whether the bytes end within a message before the weight is decisive.</param>
    public static int Weigh(ReadOnlySpan<byte> data, bool server, out bool incomplete)
    {
        incomplete = false;
        var weight = 0;
        while (!data.IsEmpty && weight < Enough)
        {
            if (!TryReadLength(data, server, out var length)) return data.Length < HeaderLength && PostgresMessages.IsKnown(data[0], server) ? Partial(weight, out incomplete) : -1;
            var isWhole = data.Length >= length;
            var fit = Fit(data[0], data[HeaderLength..Math.Min(length, data.Length)], length - HeaderLength, server);
            if (fit < 0) return -1;
            if (!isWhole) return Partial(weight, out incomplete);
            weight += fit;
            data = data[length..];
        }

        return weight;
    }

    /// <summary>Reads the length of a whole message, type included. False where the type is unknown, the length impossible for it, or missing.</summary>
    public static bool TryReadLength(ReadOnlySpan<byte> data, bool server, out int length)
    {
        length = 0;
        if (data.Length < HeaderLength || !PostgresMessages.IsKnown(data[0], server)) return false;
        var declared = BinaryPrimitives.ReadUInt32BigEndian(data[1..]);
        var (shortest, longest) = Bounds(data[0], server);
        if (declared < shortest || declared > longest) return false;
        length = (int)declared + 1;
        return true;
    }

    private static int Partial(int weight, out bool incomplete)
    {
        incomplete = true;
        return weight;
    }

    /// <summary>The declared lengths that a message of a type may have, the length itself included.</summary>
    private static (uint Shortest, uint Longest) Bounds(byte type, bool server) => (char)type switch
    {
        'Z' => (5, 5),
        '1' or '2' or '3' or 'n' or 's' or 'I' or 'X' or 'c' => (4, 4),
        'H' when !server => (4, 4),
        'S' when !server => (4, 4),
        'D' when !server => (6, LongestShort),
        'E' when !server => (9, LongestShort),
        'C' when !server => (6, LongestShort),
        'C' => (5, 256),
        'K' => (12, 4 + 4 + 256),
        'R' => (8, LongestShort),
        'E' or 'N' or 'S' or 'A' or 'v' => (6, LongestShort),
        'p' or 'f' => (5, LongestShort),
        'G' or 'H' or 'W' => (7, 7 + (2 * ColumnLimit)),
        't' or 'T' or 'D' => (6, LongestMessage),
        'V' => (8, LongestMessage),
        'd' => (4, LongestMessage),
        'Q' => (5, LongestMessage),
        'P' or 'B' or 'F' => (8, LongestMessage),
        _ => (4, LongestShort),
    };

    /// <summary>The weight of a message of <paramref name="length"/> body bytes whose first are <paramref name="body"/>; -1 where they do not fit.</summary>
    private static int Fit(byte type, ReadOnlySpan<byte> body, int length, bool server) =>
        server ? FitServer(type, body, length) : FitClient(type, body, length);

    private static int FitClient(byte type, ReadOnlySpan<byte> body, int length) => (char)type switch
    {
        'Q' => IsText(body, length) ? Unmistakable : -1,
        'P' => FitParse(body, length),
        'B' => FitBind(body, length),
        'D' or 'C' => body.IsEmpty || ((char)body[0] is 'S' or 'P' && IsText(body[1..], length - 1)) ? Strong : -1,
        'E' => FitExecute(body, length),
        _ => Weak,
    };

    private static int FitServer(byte type, ReadOnlySpan<byte> body, int length) => (char)type switch
    {
        'Z' => body.IsEmpty || (char)body[0] is 'I' or 'T' or 'E' ? Unmistakable : -1,
        'R' => FitAuthentication(body, length),
        'S' => FitPair(body, length, 0),
        'A' => FitPair(body, length, 4),
        'C' => IsTag(body, length) ? Strong : -1,
        'E' or 'N' => FitFault(body, length),
        'T' => FitRowDescription(body, length),
        'D' => FitRow(body, length),
        'G' or 'H' or 'W' => body.Length < 3 || (body[0] <= 1 && length == 3 + (2 * BinaryPrimitives.ReadUInt16BigEndian(body[1..]))) ? Strong : -1,
        't' => body.Length < 2 || length == 2 + (4 * BinaryPrimitives.ReadUInt16BigEndian(body)) ? Weak : -1,
        _ => Weak,
    };

    /// <summary>Whether the body is printable text that ends with the message's only NUL.</summary>
    private static bool IsText(ReadOnlySpan<byte> body, int length)
    {
        if (length < 1) return false;
        var text = body.Length == length ? body[..^1] : body;
        return (body.Length < length || body[^1] == 0) && !text.ContainsAny(Unprintable);
    }

    /// <summary>Command tags are words of capital letters and numbers: <c>INSERT 0 1</c>.</summary>
    private static bool IsTag(ReadOnlySpan<byte> body, int length)
    {
        if (!IsText(body, length)) return false;
        return body.IsEmpty || (body[0] is >= (byte)'A' and <= (byte)'Z' && !body.ContainsAnyInRange((byte)'a', (byte)'z'));
    }

    private static int FitParse(ReadOnlySpan<byte> body, int length)
    {
        var cursor = new PostgresCursor(body);
        var name = cursor.ReadText();
        var query = cursor.ReadText();
        if (name.ContainsAny(Unprintable) || query.ContainsAny(Unprintable)) return -1;
        var types = cursor.ReadInt16();
        if (cursor.Failed) return body.Length < length ? 0 : -1;
        return types >= 0 && length - (body.Length - cursor.Rest.Length) == 4 * types ? Unmistakable : -1;
    }

    private static int FitBind(ReadOnlySpan<byte> body, int length)
    {
        var cursor = new PostgresCursor(body);
        if (cursor.ReadText().ContainsAny(Unprintable) || cursor.ReadText().ContainsAny(Unprintable)) return -1;
        if (!FitFormats(ref cursor)) return -1;
        var values = cursor.ReadInt16();
        if (values < 0) return -1;
        for (var i = 0; i < values && !cursor.Failed; i++)
        {
            var size = cursor.ReadInt32();
            if (size < -1 || size > length) return -1;
            if (size > 0) cursor.ReadBytes(size);
        }

        if (!cursor.Failed && !FitFormats(ref cursor)) return -1;
        if (cursor.Failed) return body.Length < length ? 0 : -1;
        return cursor.Rest.IsEmpty ? Strong : -1;
    }

    private static bool FitFormats(ref PostgresCursor cursor)
    {
        var formats = cursor.ReadInt16();
        for (var i = 0; i < formats && !cursor.Failed; i++)
        {
            if (cursor.ReadInt16() is not (0 or 1)) return false;
        }

        return formats >= 0;
    }

    private static int FitExecute(ReadOnlySpan<byte> body, int length)
    {
        var name = body.IndexOf((byte)0);
        if (name < 0) return body.Length < length - 4 && !body.ContainsAny(Unprintable) ? 0 : -1;
        return length == name + 1 + 4 && !body[..name].ContainsAny(Unprintable) ? Strong : -1;
    }

    private static int FitAuthentication(ReadOnlySpan<byte> body, int length)
    {
        if (body.Length < 4) return 0;
        return BinaryPrimitives.ReadUInt32BigEndian(body) switch
        {
            0 or 2 or 3 or 6 or 7 or 9 => length == 4 ? Strong : -1,
            4 => length == 6 ? Strong : -1,
            5 => length == 8 ? Strong : -1,
            8 or 10 or 11 or 12 => length > 4 ? Strong : -1,
            _ => -1,
        };
    }

    /// <summary>Two texts behind <paramref name="before"/> bytes: name and value, or channel and payload.</summary>
    private static int FitPair(ReadOnlySpan<byte> body, int length, int before)
    {
        if (body.Length <= before) return body.Length < length ? 0 : -1;
        var cursor = new PostgresCursor(body[before..]);
        var first = cursor.ReadText();
        if (first.ContainsAny(Unprintable)) return -1;
        cursor.ReadText();
        if (cursor.Failed) return body.Length < length ? 0 : -1;
        return body.Length == length && cursor.Rest.IsEmpty && !first.IsEmpty ? Strong : -1;
    }

    private static int FitFault(ReadOnlySpan<byte> body, int length)
    {
        var cursor = new PostgresCursor(body);
        for (var fields = 0; !cursor.Rest.IsEmpty; fields++)
        {
            var code = cursor.ReadByte();
            if (code == 0) return body.Length == length && cursor.Rest.IsEmpty && fields > 0 ? Unmistakable : -1;
            if (!char.IsAsciiLetter((char)code)) return -1;
            if (fields == 0 && (char)code is not ('S' or 'V' or 'C' or 'M')) return -1;
            cursor.ReadText();
        }

        return body.Length < length ? 0 : -1;
    }

    private static int FitRowDescription(ReadOnlySpan<byte> body, int length)
    {
        if (body.Length < 2) return 0;
        var cursor = new PostgresCursor(body);
        var columns = cursor.ReadInt16();
        if (columns is < 0 or > ColumnLimit) return -1;
        for (var i = 0; i < columns && !cursor.Failed; i++)
        {
            if (cursor.ReadText().ContainsAny(Unprintable)) return -1;
            cursor.ReadBytes(16);
            if (cursor.ReadInt16() is not (0 or 1)) return -1;
        }

        if (cursor.Failed) return body.Length < length ? 0 : -1;
        return body.Length == length && cursor.Rest.IsEmpty ? columns > 0 ? Unmistakable : Weak : -1;
    }

    private static int FitRow(ReadOnlySpan<byte> body, int length)
    {
        if (body.Length < 2) return 0;
        var cursor = new PostgresCursor(body);
        var columns = cursor.ReadInt16();
        if (columns is < 0 or > ColumnLimit) return -1;
        var left = length - 2;
        for (var i = 0; i < columns && cursor.Rest.Length >= 4; i++)
        {
            var size = cursor.ReadInt32();
            left -= 4 + Math.Max(0, size);
            if (size < -1 || left < 0) return -1;
            cursor.ReadBytes(Math.Max(0, size));
        }

        if (body.Length < length) return 0;
        return !cursor.Failed && left == 0 ? columns > 0 ? Strong : Weak : -1;
    }
}
