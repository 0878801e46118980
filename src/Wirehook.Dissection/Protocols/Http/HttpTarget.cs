using System.Text;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Http;

/// <summary>Reads a request target (RFC 9112 §3.2): origin, absolute, authority and asterisk form.</summary>
internal static class HttpTarget
{
    /// <summary>The decoded path of <paramref name="target"/>; empty for the authority form.</summary>
    public static string Path(string target, bool isConnect)
    {
        if (isConnect) return "";
        var end = target.AsSpan().IndexOfAny('?', '#');
        var path = end < 0 ? target : target[..end];
        if (path.StartsWith('/') || path == "*") return Decode(path, plusIsSpace: false);
        var scheme = path.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0) return Decode(path, plusIsSpace: false);
        var slash = path.IndexOf('/', scheme + 3);
        return slash < 0 ? "" : Decode(path[slash..], plusIsSpace: false);
    }

    /// <summary>The path's parts between slashes, without the empty one before the first.</summary>
    public static FieldValue[] Segments(string path)
    {
        var parts = path.Split('/');
        var segments = new FieldValue[parts.Length - 1];
        for (var i = 1; i < parts.Length; i++) segments[i - 1] = FieldValue.From(parts[i]);
        return segments;
    }

    /// <summary>The query's values by name: a string, or a list where the name is repeated.</summary>
    public static FieldMap Query(string target)
    {
        var start = target.IndexOf('?', StringComparison.Ordinal);
        if (start < 0) return FieldMap.Empty;
        var end = target.IndexOf('#', start);
        var map = default(FieldMapBuilder);
        var text = target.AsSpan()[(start + 1)..(end < 0 ? target.Length : end)];
        foreach (var range in text.Split('&'))
        {
            var pair = text[range];
            if (pair.IsEmpty) continue;
            var equals = pair.IndexOf('=');
            var value = equals < 0 ? "" : Decode(pair[(equals + 1)..].ToString(), plusIsSpace: true);
            ref var slot = ref map[Decode((equals < 0 ? pair : pair[..equals]).ToString(), plusIsSpace: true)];
            if (slot.Kind == FieldKind.List) ((List<FieldValue>)slot.AsList).Add(FieldValue.From(value));
            else slot = slot.Kind == FieldKind.Absent ? FieldValue.From(value) : FieldValue.From(new List<FieldValue> { slot, FieldValue.From(value) });
        }

        return map.Build();
    }

    /// <summary>The pairs of an <c>application/x-www-form-urlencoded</c> text, decoded.</summary>
    public static IEnumerable<(string Name, string Value)> Pairs(string text)
    {
        foreach (var pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            yield return equals < 0
                ? (Decode(pair, plusIsSpace: true), "")
                : (Decode(pair[..equals], plusIsSpace: true), Decode(pair[(equals + 1)..], plusIsSpace: true));
        }
    }

    /// <summary>Percent-decoded text in UTF-8; what is no escape stays as it is.</summary>
    public static string Decode(string text, bool plusIsSpace)
    {
        if (!text.Contains('%') && !(plusIsSpace && text.Contains('+'))) return text;
        var bytes = Encoding.UTF8.GetBytes(text);
        var length = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var b = bytes[i];
            if (b == '%' && i + 2 < bytes.Length && char.IsAsciiHexDigit((char)bytes[i + 1]) && char.IsAsciiHexDigit((char)bytes[i + 2]))
            {
                b = (byte)((HexValue(bytes[i + 1]) << 4) | HexValue(bytes[i + 2]));
                i += 2;
            }
            else if (b == '+' && plusIsSpace)
            {
                b = (byte)' ';
            }

            bytes[length++] = b;
        }

        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    private static int HexValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
