using System.Globalization;
using System.Text;

namespace Wirehook.Dissection.Protocols.Ldap;

/// <summary>A search request's filter in the notation of RFC 4515.</summary>
internal static class LdapFilter
{
    private const int DeepestNesting = 32;
    private const int LongestText = 64 << 10;

    /// <summary>The filter at the front of <paramref name="data"/>.</summary>
    public static string ToText(ReadOnlySpan<byte> data)
    {
        var text = new StringBuilder();
        var reader = new BerReader(data);
        if (reader.TryRead(out var tag, out var content)) Write(text, tag, content, 0);
        return text.ToString();
    }

    private static void Write(StringBuilder text, byte tag, ReadOnlySpan<byte> content, int depth)
    {
        if (depth > DeepestNesting || text.Length > LongestText)
        {
            text.Append("(…)");
            return;
        }

        text.Append('(');
        switch (tag)
        {
            case 0xa0 or 0xa1:
                text.Append(tag == 0xa0 ? '&' : '|');
                var parts = new BerReader(content);
                while (text.Length <= LongestText && parts.TryRead(out var part, out var inner)) Write(text, part, inner, depth + 1);
                break;
            case 0xa2:
                text.Append('!');
                var not = new BerReader(content);
                if (not.TryRead(out var negated, out var operand)) Write(text, negated, operand, depth + 1);
                break;
            case 0xa3:
                WriteComparison(text, content, "=");
                break;
            case 0xa4:
                WriteSubstrings(text, content);
                break;
            case 0xa5:
                WriteComparison(text, content, ">=");
                break;
            case 0xa6:
                WriteComparison(text, content, "<=");
                break;
            case 0x87:
                WriteValue(text, content);
                text.Append("=*");
                break;
            case 0xa8:
                WriteComparison(text, content, "~=");
                break;
            case 0xa9:
                WriteExtensible(text, content);
                break;
            default:
                text.Append(CultureInfo.InvariantCulture, $"?{tag:x2}");
                break;
        }

        text.Append(')');
    }

    private static void WriteComparison(StringBuilder text, ReadOnlySpan<byte> content, string comparison)
    {
        var reader = new BerReader(content);
        WriteValue(text, reader.Take(BerReader.OctetString));
        text.Append(comparison);
        WriteValue(text, reader.Take(BerReader.OctetString));
    }

    private static void WriteSubstrings(StringBuilder text, ReadOnlySpan<byte> content)
    {
        const byte last = 0x82;
        var reader = new BerReader(content);
        WriteValue(text, reader.Take(BerReader.OctetString));
        text.Append('=');
        var parts = new BerReader(reader.Take(BerReader.Sequence));
        var (first, ended) = (true, false);
        while (text.Length <= LongestText && parts.TryRead(out var tag, out var part))
        {
            if (!first || tag != 0x80) text.Append('*');
            WriteValue(text, part);
            (first, ended) = (false, tag == last);
        }

        if (!ended) text.Append('*');
    }

    private static void WriteExtensible(StringBuilder text, ReadOnlySpan<byte> content)
    {
        ReadOnlySpan<byte> rule = default, type = default, value = default;
        var withDn = false;
        var reader = new BerReader(content);
        while (reader.TryRead(out var tag, out var part))
        {
            if (tag == 0x81) rule = part;
            else if (tag == 0x82) type = part;
            else if (tag == 0x83) value = part;
            else if (tag == 0x84) withDn = part is [not 0, ..];
        }

        WriteValue(text, type);
        if (withDn) text.Append(":dn");
        if (!rule.IsEmpty) WriteValue(text.Append(':'), rule);
        WriteValue(text.Append(":="), value);
    }

    /// <summary>Escapes what RFC 4515 §3 reserves, and each byte of what is no text.</summary>
    private static void WriteValue(StringBuilder text, ReadOnlySpan<byte> value)
    {
        if (!LdapText.IsText(value))
        {
            foreach (var part in value[..Math.Min(value.Length, LongestText / 3)]) text.Append(CultureInfo.InvariantCulture, $"\\{part:x2}");
            return;
        }

        foreach (var character in Encoding.UTF8.GetString(value))
        {
            if (character is '(' or ')' or '*' or '\\') text.Append(CultureInfo.InvariantCulture, $"\\{(int)character:x2}");
            else text.Append(character);
        }
    }
}
