using System.Buffers;

namespace Wirehook.Dissection.Protocols.Http;

/// <summary>What the beginning of some bytes is.</summary>
internal enum StartLineCheck
{
    /// <summary>No start line, whatever follows.</summary>
    Invalid,

    /// <summary>The beginning of a start line, as far as it goes.</summary>
    Incomplete,

    /// <summary>A whole start line, with its line end.</summary>
    Valid,
}

/// <summary>Recognises the request line and the status line (RFC 9112 §3, §4), and finds the next one in bytes of unknown framing.</summary>
internal static class HttpStartLine
{
    /// <summary>Longest start line that is accepted.</summary>
    public const int Limit = 64 << 10;

    private const int MethodLimit = 32;
    private const int TailLimit = 8 << 10;
    private const int VersionLength = 8;
    private static readonly SearchValues<byte> TokenBytes = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    private static readonly SearchValues<byte> MethodBytes = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ-_"u8);

    /// <summary>CR and LF before a start line, which RFC 9112 §2.2 lets a parser skip.</summary>
    public static int CountLeadingLineEnds(ReadOnlySpan<byte> data)
    {
        var at = 0;
        while (at < data.Length && data[at] is (byte)'\r' or (byte)'\n') at++;
        return at;
    }

    /// <summary>Whether <paramref name="data"/> begins with a request line: method, target, version.</summary>
    public static StartLineCheck CheckRequest(ReadOnlySpan<byte> data)
    {
        var method = data[..Math.Min(data.Length, MethodLimit + 1)].IndexOfAnyExcept(TokenBytes);
        if (method < 0) return data.Length <= MethodLimit ? StartLineCheck.Incomplete : StartLineCheck.Invalid;
        if (method == 0 || data[method] != ' ') return StartLineCheck.Invalid;
        var line = data[..Math.Min(data.Length, Limit)];
        var end = line.IndexOf((byte)'\n');
        if (end < 0)
        {
            return data.Length < Limit && !HasControl(line) ? StartLineCheck.Incomplete : StartLineCheck.Invalid;
        }

        line = TrimLineEnd(line[..end]);
        var version = line.Length - VersionLength;
        return version > method + 1 && line[version - 1] == ' ' && IsVersion(line[version..]) ? StartLineCheck.Valid : StartLineCheck.Invalid;
    }

    /// <summary>
    /// Whether <paramref name="data"/> begins with a Simple-Request of HTTP/0.9 (RFC 1945 §4.1): GET and a target, no version. The target must be a path
    /// or an http URI, so that other protocols' GET commands are not taken for one.
    /// </summary>
    public static StartLineCheck CheckSimpleRequest(ReadOnlySpan<byte> data)
    {
        if (!data.StartsWith("GET "u8)) return "GET "u8.StartsWith(data) ? StartLineCheck.Incomplete : StartLineCheck.Invalid;
        var target = data[4..];
        var end = target[..Math.Min(target.Length, TailLimit)].IndexOf((byte)'\n');
        if (end >= 0) target = TrimLineEnd(target[..end]);
        if (!target.StartsWith("/"u8) && !target.StartsWith("http://"u8) && (end >= 0 || !"http://"u8.StartsWith(target))) return StartLineCheck.Invalid;
        if (target.ContainsAnyExceptInRange((byte)'!', (byte)'~')) return StartLineCheck.Invalid;
        if (end >= 0) return StartLineCheck.Valid;
        return target.Length < TailLimit ? StartLineCheck.Incomplete : StartLineCheck.Invalid;
    }

    /// <summary>Whether <paramref name="data"/> begins with a status line: version, three digits, reason.</summary>
    public static StartLineCheck CheckResponse(ReadOnlySpan<byte> data)
    {
        var version = data[..Math.Min(data.Length, VersionLength)];
        if (!version.StartsWith("HTTP/1."u8[..Math.Min(version.Length, 7)])) return StartLineCheck.Invalid;
        if (data.Length < VersionLength + 4) return StartLineCheck.Incomplete;
        if (!IsVersion(version) || data[8] != ' ' || data[9] is < (byte)'1' or > (byte)'9' || !IsDigit(data[10]) || !IsDigit(data[11])) return StartLineCheck.Invalid;
        if (data.Length > 12 && data[12] is not ((byte)' ' or (byte)'\r' or (byte)'\n')) return StartLineCheck.Invalid;
        var end = data[..Math.Min(data.Length, Limit)].IndexOf((byte)'\n');
        if (end >= 0) return StartLineCheck.Valid;
        return data.Length < Limit ? StartLineCheck.Incomplete : StartLineCheck.Invalid;
    }

    /// <summary>
    /// Whether <paramref name="data"/>, which stands where a response must begin, is a status line to a lenient reader. Clients accept versions such
    /// as <c>HTTP/1.10</c> and statuses such as <c>0200</c>, and so must one who watches them.
    /// </summary>
    public static StartLineCheck CheckExpectedResponse(ReadOnlySpan<byte> data)
    {
        if (!data.StartsWith("HTTP/"u8[..Math.Min(data.Length, 5)])) return StartLineCheck.Invalid;
        if (data[..Math.Min(data.Length, Limit)].Contains((byte)'\n')) return StartLineCheck.Valid;
        return data.Length < Limit ? StartLineCheck.Incomplete : StartLineCheck.Invalid;
    }

    /// <summary>The status code of an accepted status line, 0 where it has none; and whether version and status are as RFC 9112 §4 has them.</summary>
    public static int ReadStatus(ReadOnlySpan<byte> head, out bool valid)
    {
        valid = CheckResponse(head) == StartLineCheck.Valid;
        var line = head[..head.IndexOf((byte)'\n')];
        var space = line.IndexOf((byte)' ');
        var status = 0;
        for (var at = space + 1; space > 0 && at < line.Length && IsDigit(line[at]) && status < 100; at++) status = (status * 10) + line[at] - '0';
        return status;
    }

    /// <summary>
    /// Where in <paramref name="data"/> the next start line may begin, from <paramref name="from"/> on: at a whole one, or at a tail that more bytes
    /// may complete; the length of the data where neither is there.
    /// </summary>
    public static int FindNext(ReadOnlySpan<byte> data, int from, bool response)
    {
        var at = from;
        while (at < data.Length)
        {
            var hit = data[at..].IndexOf("HTTP/1."u8);
            if (hit < 0) break;
            hit += at;
            var start = response ? hit : FindRequestStart(data, from, hit);
            if (start >= 0 && (response ? CheckResponse(data[start..]) : CheckRequest(data[start..])) != StartLineCheck.Invalid) return start;
            at = hit + 1;
        }

        return response ? FindVersionTail(data, from) : FindTextTail(data, from);
    }

    /// <summary>Splits a valid request line; the target is between the first and the last space.</summary>
    public static void SplitRequest(ReadOnlySpan<byte> line, out Range method, out Range target, out Range version)
    {
        var space = Math.Max(line.IndexOf((byte)' '), 0);
        var last = Math.Max(line.LastIndexOf((byte)' '), space);
        var (from, to) = (space, last);
        while (from < to && line[from] == ' ') from++;
        while (to > from && line[to - 1] == ' ') to--;
        (method, target, version) = (..space, from..to, Math.Min(last + 1, line.Length)..);
    }

    /// <summary>The line without CR and trailing blanks.</summary>
    public static ReadOnlySpan<byte> TrimLineEnd(ReadOnlySpan<byte> line)
    {
        var end = line.Length;
        while (end > 0 && line[end - 1] is (byte)'\r' or (byte)' ' or (byte)'\t') end--;
        return line[..end];
    }

    private static int FindRequestStart(ReadOnlySpan<byte> data, int from, int version)
    {
        if (version - 2 <= from || data[version - 1] != ' ') return -1;
        var lineStart = Math.Max(from, data[..version].LastIndexOf((byte)'\n') + 1);
        var line = data[lineStart..(version - 1)];
        var space = line.LastIndexOf((byte)' ');
        if (space <= 0) return -1;
        var method = space - 1;
        while (method >= 0 && space - method <= MethodLimit && MethodBytes.Contains(line[method])) method--;
        return method + 1 < space ? lineStart + method + 1 : -1;
    }

    private static int FindVersionTail(ReadOnlySpan<byte> data, int from)
    {
        var tail = Math.Max(from, data.Length - VersionLength - 4);
        for (var i = tail; i < data.Length; i++)
        {
            if (data[i] == 'H' && CheckResponse(data[i..]) == StartLineCheck.Incomplete) return i;
        }

        return data.Length;
    }

    private static int FindTextTail(ReadOnlySpan<byte> data, int from)
    {
        var tail = Math.Max(from, data.Length - TailLimit);
        var control = data[tail..].LastIndexOfAnyExceptInRange((byte)' ', (byte)'~');
        if (control >= 0) tail += control + 1;
        while (tail < data.Length && data[tail] == ' ') tail++;
        return tail;
    }

    private static bool IsVersion(ReadOnlySpan<byte> text) => text.StartsWith("HTTP/1."u8) && IsDigit(text[7]);

    private static bool IsDigit(byte b) => b is >= (byte)'0' and <= (byte)'9';

    private static bool HasControl(ReadOnlySpan<byte> line) => line.ContainsAnyInRange((byte)0, (byte)8);
}
