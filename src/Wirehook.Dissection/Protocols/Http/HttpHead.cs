using System.Text;

namespace Wirehook.Dissection.Protocols.Http;

/// <summary>How the end of a body is known (RFC 9112 §6).</summary>
internal enum BodyFraming : byte
{
    None,
    Length,
    Chunked,

    /// <summary>The body ends with the connection.</summary>
    Close,

    /// <summary>The head contradicts itself; where the message ends cannot be known.</summary>
    Invalid,
}

/// <summary>What framing needs of a head; everything else is read when someone asks.</summary>
internal struct HttpHead
{
    /// <summary>Content-Length, or -1.</summary>
    public long ContentLength;

    /// <summary>The last transfer coding is chunked.</summary>
    public bool Chunked;

    /// <summary>There is a Transfer-Encoding.</summary>
    public bool HasTransferEncoding;

    /// <summary>There is an Upgrade.</summary>
    public bool Upgrade;

    /// <summary>Where the head ends: before a line of nothing but CR, otherwise with its last byte.</summary>
    public int Length;

    /// <summary>Where the value of Content-Type is.</summary>
    public (int Start, int Length) ContentType;

    /// <summary>Content-Length values that differ or are no numbers.</summary>
    public bool InvalidLength;

    /// <summary>Length of the head in <paramref name="data"/> with its empty line, or -1 while it is incomplete.</summary>
    /// <param name="data">Bytes from the start line on.</param>
    /// <param name="from">How far an earlier call has looked.</param>
    public static int FindEnd(ReadOnlySpan<byte> data, int from)
    {
        from = Math.Max(0, from - 3);
        var rest = data[from..];
        var crlf = rest.IndexOf("\n\r\n"u8);
        var lf = (crlf < 0 ? rest : rest[..(crlf + 1)]).IndexOf("\n\n"u8);
        if (lf >= 0) return from + lf + 2;
        if (crlf >= 0) return from + crlf + 3;
        var doubled = rest.IndexOf("\n\r\r\n"u8);
        return doubled < 0 ? -1 : from + doubled + 4;
    }

    /// <summary>Reads the headers that decide about framing.</summary>
    /// <param name="head">The whole head.</param>
    public static HttpHead Read(ReadOnlySpan<byte> head)
    {
        var result = new HttpHead { ContentLength = -1, Length = head.Length };
        var at = head.IndexOf((byte)'\n') + 1;
        while (at < head.Length)
        {
            var end = head[at..].IndexOf((byte)'\n');
            var line = end < 0 ? head[at..] : head.Slice(at, end);
            var start = at;
            at = end < 0 ? head.Length : at + end + 1;
            if (line.Length > 7) ReadLine(ref result, line, start);
            else if (line.Length > 1 && line.TrimEnd((byte)'\r').IsEmpty) result.Length = at;
            if (result.Length == at) break;
        }

        return result;
    }

    /// <summary>Whether every line behind the start line is a header or continues one; asked where the start line may be a chance hit in a body.</summary>
    /// <param name="head">The whole head.</param>
    public static bool LooksRight(ReadOnlySpan<byte> head)
    {
        head = head[(head.IndexOf((byte)'\n') + 1)..];
        while (!head.IsEmpty)
        {
            var end = head.IndexOf((byte)'\n');
            var line = (end < 0 ? head : head[..end]).TrimEnd((byte)'\r');
            if (!line.IsEmpty && line[0] is not ((byte)' ' or (byte)'\t') && line.IndexOf((byte)':') <= 0) return false;
            head = end < 0 ? default : head[(end + 1)..];
        }

        return true;
    }

    private static void ReadLine(ref HttpHead result, ReadOnlySpan<byte> line, int start)
    {
        switch (line[0] | 0x20)
        {
            case 'c' when TryValue(line, "content-length"u8, out var value):
                ReadLength(ref result, value);
                break;
            case 'c' when TryValue(line, "content-type"u8, out var value):
                if (result.ContentType.Length == 0 && line.Overlaps(value, out var at)) result.ContentType = (start + at, value.Length);
                break;
            case 't' when TryValue(line, "transfer-encoding"u8, out var value):
                result.HasTransferEncoding = true;
                result.Chunked = Ascii.EqualsIgnoreCase(LastElement(value), "chunked"u8);
                break;
            case 'u' when TryValue(line, "upgrade"u8, out _):
                result.Upgrade = true;
                break;
        }
    }

    private static bool TryValue(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (line.Length <= name.Length || !Ascii.EqualsIgnoreCase(line[..name.Length], name)) return false;
        var rest = line[name.Length..].TrimStart(" \t"u8);
        if (rest.IsEmpty || rest[0] != ':') return false;
        value = rest[1..].TrimStart(" \t"u8).TrimEnd(" \t\r"u8);
        return true;
    }

    /// <summary>A list of equal lengths is one length (RFC 9112 §6.3); differing ones are an attack or an error.</summary>
    private static void ReadLength(ref HttpHead result, ReadOnlySpan<byte> value)
    {
        while (true)
        {
            var comma = value.IndexOf((byte)',');
            var number = (comma < 0 ? value : value[..comma]).Trim(" \t"u8);
            var length = ParseLength(number);
            if (length < 0 || (result.ContentLength >= 0 && result.ContentLength != length)) result.InvalidLength = true;
            else result.ContentLength = length;
            if (comma < 0) return;
            value = value[(comma + 1)..];
        }
    }

    private static long ParseLength(ReadOnlySpan<byte> digits)
    {
        if (digits.IsEmpty || digits.Length > 18) return -1;
        long value = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9') return -1;
            value = (value * 10) + (digit - '0');
        }

        return value;
    }

    private static ReadOnlySpan<byte> LastElement(ReadOnlySpan<byte> value)
    {
        var comma = value.LastIndexOf((byte)',');
        var element = value[(comma + 1)..].Trim(" \t"u8);
        var end = element.IndexOfAny((byte)' ', (byte)';', (byte)'\t');
        return end < 0 ? element : element[..end];
    }
}
