using System.Text;
using System.Text.Unicode;

namespace Wirehook.Dissection.Records;

/// <summary>Bytes that a protocol leaves without a form, as text for people.</summary>
internal static class ByteText
{
    /// <summary>The text where the bytes are UTF-8 without control characters (a final zero is left out), otherwise lower-case hexadecimal digits.</summary>
    public static string OrHex(ReadOnlySpan<byte> bytes)
    {
        var text = bytes.Length > 1 && bytes[^1] == 0 ? bytes[..^1] : bytes;
        return IsPrintable(text) ? Encoding.UTF8.GetString(text) : Convert.ToHexStringLower(bytes);
    }

    /// <summary>Pairs of digits between colons, as hardware addresses are written.</summary>
    public static string Hardware(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length * 3);
        foreach (var value in bytes)
        {
            if (text.Length > 0) text.Append(':');
            text.Append("0123456789abcdef"[value >> 4]).Append("0123456789abcdef"[value & 0xF]);
        }

        return text.ToString();
    }

    private static bool IsPrintable(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            if (value is < 0x20 and not ((byte)'\t' or (byte)'\n' or (byte)'\r') or 0x7F) return false;
        }

        return Utf8.IsValid(bytes);
    }
}
