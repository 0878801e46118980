using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Wirehook.Packets;

namespace Wirehook.EventHooks.Conditions.Syntax;

/// <summary>IP addresses and networks in texts: <c>10.0.0.1</c>, <c>10.0.0.0/8</c>, <c>fe80::/10</c>.</summary>
internal static class AddressLiteral
{
    private const int LongestText = 64;

    /// <summary>Reads an address with or without prefix length (-1 for none). Dotted addresses need all four parts; zones are refused.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out IpAddress address, out int prefixLength)
    {
        (address, prefixLength) = (default, -1);
        if (text.Length > LongestText) return false;
        var slash = text.IndexOf('/');
        var host = slash < 0 ? text : text[..slash];
        var isDotted = !host.Contains(':');
        if (isDotted && !IsDottedQuad(host)) return false;
        if (host.Contains('%') || host.Contains('[') || !IPAddress.TryParse(host, out var parsed)) return false;
        Span<byte> bytes = stackalloc byte[16];
        parsed.TryWriteBytes(bytes, out var written);
        address = parsed.AddressFamily == AddressFamily.InterNetwork ? IpAddress.FromIPv4(bytes[..written]) : IpAddress.FromIPv6(bytes);
        if (slash < 0) return true;
        return TryParsePrefix(text[(slash + 1)..], isDotted, address, out prefixLength);
    }

    /// <summary>A prefix of an IPv4 address in IPv6 clothes counts its 96 leading bits as well; values count 32 for IPv4 in either.</summary>
    private static bool TryParsePrefix(ReadOnlySpan<char> text, bool isDotted, IpAddress address, out int prefixLength)
    {
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out prefixLength) || prefixLength > (isDotted ? 32 : 128)) return false;
        if (isDotted || !address.IsIPv4) return true;
        prefixLength -= 96;
        return prefixLength >= 0;
    }

    private static bool IsDottedQuad(ReadOnlySpan<char> host)
    {
        var dots = 0;
        foreach (var c in host)
        {
            if (c == '.') dots++;
            else if (!char.IsAsciiDigit(c)) return false;
        }

        return dots == 3;
    }
}
