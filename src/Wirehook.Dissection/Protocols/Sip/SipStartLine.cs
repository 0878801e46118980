using System.Text;

namespace Wirehook.Dissection.Protocols.Sip;

/// <summary>Whether bytes begin with a start line.</summary>
internal enum SipLineCheck : byte
{
    /// <summary>They do not.</summary>
    None,

    /// <summary>They may; the line's end is not there.</summary>
    Incomplete,

    /// <summary>They do.</summary>
    Valid,
}

/// <summary>The first line of a message (RFC 3261 §7.1, §7.2).</summary>
internal static class SipStartLine
{
    private const int LongestMethod = 24;

    private static ReadOnlySpan<byte> Version => "SIP/2.0"u8;

    /// <summary>Whether the message is a response.</summary>
    public static bool IsResponse(ReadOnlySpan<byte> head) => head.StartsWith("SIP/2.0 "u8);

    /// <summary>Whether <paramref name="data"/> begins with a request line or a status line.</summary>
    public static SipLineCheck Check(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty) return SipLineCheck.None;
        var end = data.IndexOf((byte)'\n');
        if (end < 0) return MayBegin(data) ? SipLineCheck.Incomplete : SipLineCheck.None;
        var line = data[..end].TrimEnd((byte)'\r');
        if (IsResponse(line)) return StatusOf(line) > 0 ? SipLineCheck.Valid : SipLineCheck.None;
        return TrySplit(line, out _, out _) ? SipLineCheck.Valid : SipLineCheck.None;
    }

    /// <summary>The status code of a status line; 0 where it has none.</summary>
    public static int StatusOf(ReadOnlySpan<byte> head)
    {
        var at = Version.Length + 1;
        if (head.Length < at + 3 || head[at] is < (byte)'1' or > (byte)'6' || !char.IsAsciiDigit((char)head[at + 1]) || !char.IsAsciiDigit((char)head[at + 2])) return 0;
        if (head.Length > at + 3 && head[at + 3] is not ((byte)' ' or (byte)'\r' or (byte)'\n')) return 0;
        return ((head[at] - '0') * 100) + ((head[at + 1] - '0') * 10) + (head[at + 2] - '0');
    }

    /// <summary>The text behind the status code.</summary>
    public static string ReasonOf(ReadOnlySpan<byte> head)
    {
        var line = LineOf(head);
        return line.Length > Version.Length + 5 ? Encoding.UTF8.GetString(line[(Version.Length + 5)..]) : "";
    }

    /// <summary>The first line without its end.</summary>
    public static ReadOnlySpan<byte> LineOf(ReadOnlySpan<byte> head)
    {
        var end = head.IndexOf((byte)'\n');
        return (end < 0 ? head : head[..end]).TrimEnd((byte)'\r');
    }

    /// <summary>Method and request URI of a request line; false where it is none.</summary>
    public static bool TrySplit(ReadOnlySpan<byte> line, out Range method, out Range uri)
    {
        (method, uri) = (default, default);
        var first = line.IndexOf((byte)' ');
        var last = line.LastIndexOf((byte)' ');
        if (first is <= 0 or > LongestMethod || last <= first + 1 || !line[(last + 1)..].SequenceEqual(Version)) return false;
        if (line[..first].ContainsAnyExceptInRange((byte)'A', (byte)'Z')) return false;
        (method, uri) = (..first, (first + 1)..last);
        return line[uri].Contains((byte)':');
    }

    private static bool MayBegin(ReadOnlySpan<byte> data)
    {
        if (data.Length < Version.Length + 1 ? "SIP/2.0 "u8.StartsWith(data) : IsResponse(data)) return true;
        var method = data.IndexOf((byte)' ');
        if (method < 0) return data.Length <= LongestMethod && !data.ContainsAnyExceptInRange((byte)'A', (byte)'Z');
        if (method is 0 or > LongestMethod || data[..method].ContainsAnyExceptInRange((byte)'A', (byte)'Z')) return false;
        var uri = data[(method + 1)..];
        return Begins(uri, "sip:"u8) || Begins(uri, "sips:"u8) || Begins(uri, "tel:"u8) || Begins(uri, "urn:"u8);
    }

    private static bool Begins(ReadOnlySpan<byte> data, ReadOnlySpan<byte> scheme) => data.Length < scheme.Length ? scheme.StartsWith(data) : data.StartsWith(scheme);
}
