using System.Buffers.Text;
using System.Text;
using Wirehook.Dissection.Protocols.Http;

namespace Wirehook.Dissection.Protocols.Sip;

/// <summary>Where the parts of a message are.</summary>
internal static class SipFraming
{
    /// <summary>Line ends before a message: what keeps a connection alive (RFC 5626 §3.5.1).</summary>
    public static int CountLineEnds(ReadOnlySpan<byte> data)
    {
        var at = data.IndexOfAnyExcept((byte)'\r', (byte)'\n');
        return at < 0 ? data.Length : at;
    }

    /// <summary>Bytes of the start line and headers with the empty line behind them; 0 where that is not there.</summary>
    /// <param name="data">The message, or its beginning.</param>
    /// <param name="searched">How many of its bytes were searched before in vain.</param>
    public static int FindHeadEnd(ReadOnlySpan<byte> data, int searched = 0)
    {
        var from = Math.Max(0, searched - 3);
        var end = data[from..].IndexOf("\r\n\r\n"u8);
        return end < 0 ? 0 : from + end + 4;
    }

    /// <summary>The first value of the header <paramref name="name"/>, or of its short form.</summary>
    /// <param name="head">Start line and headers.</param>
    /// <param name="name">The name.</param>
    /// <param name="compact">The short form (RFC 3261 §7.3.3), lower case.</param>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name, char compact)
    {
        var lines = new HeaderLines(head);
        while (lines.Next())
        {
            if (lines.Name.Length == 1 ? (lines.Name[0] | 0x20) == compact : Ascii.EqualsIgnoreCase(lines.Name, name)) return lines.Value;
        }

        return default;
    }

    /// <summary>Content-Length; -1 where there is none that is valid.</summary>
    public static int ContentLengthOf(ReadOnlySpan<byte> head)
    {
        var value = Find(head, "content-length"u8, 'l');
        return Utf8Parser.TryParse(value, out int length, out var read) && read == value.Length && length is >= 0 and < int.MaxValue / 2 ? length : -1;
    }

    /// <summary>The parameter of the topmost Via that names the transaction (RFC 3261 §17.1.3).</summary>
    public static ReadOnlySpan<byte> BranchOf(ReadOnlySpan<byte> head)
    {
        var via = Find(head, "via"u8, 'v');
        var end = via.IndexOf((byte)',');
        if (end >= 0) via = via[..end];
        while (true)
        {
            var at = via.IndexOf((byte)';');
            if (at < 0) return default;
            via = via[(at + 1)..].TrimStart(" \t\r\n"u8);
            if (via.Length <= 7 || !Ascii.EqualsIgnoreCase(via[..7], "branch="u8)) continue;
            via = via[7..];
            var stop = via.IndexOfAny((byte)';', (byte)' ', (byte)'\t');
            return stop < 0 ? via : via[..stop];
        }
    }
}
