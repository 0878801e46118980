using System.Text;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Dhcp;

/// <summary>Domain names in the form of DNS (RFC 1035 §3.1), with pointers into the same option (RFC 3397 §2).</summary>
internal static class DhcpDomains
{
    private const int MostJumps = 16;
    private const int MostNames = 256;
    private const int LongestName = 255;

    /// <summary>The names, as far as they can be read.</summary>
    public static FieldValue[] Read(ReadOnlySpan<byte> bytes)
    {
        var names = new List<FieldValue>();
        for (var at = 0; at < bytes.Length && names.Count < MostNames;)
        {
            if (ReadName(bytes, ref at) is not { } name) break;
            names.Add(FieldValue.From(name));
        }

        return [.. names];
    }

    private static string? ReadName(ReadOnlySpan<byte> bytes, ref int at)
    {
        var name = new StringBuilder();
        var (from, jumps, end) = (at, 0, -1);
        while (from < bytes.Length && name.Length <= LongestName)
        {
            int length = bytes[from];
            if (length == 0)
            {
                at = end < 0 ? from + 1 : end;
                return name.ToString();
            }

            if (length >= 0xC0)
            {
                if (from + 2 > bytes.Length || ++jumps > MostJumps) return null;
                if (end < 0) end = from + 2;
                from = ((length & 0x3F) << 8) | bytes[from + 1];
                continue;
            }

            if (length > 63 || from + 1 + length > bytes.Length) return null;
            if (name.Length > 0) name.Append('.');
            name.Append(ByteText.OrHex(bytes.Slice(from + 1, length)));
            from += 1 + length;
        }

        return null;
    }
}
