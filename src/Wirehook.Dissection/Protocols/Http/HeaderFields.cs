using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Http;

/// <summary>The maps that a head's lines make: headers and cookies.</summary>
internal static class HeaderFields
{
    /// <summary>Headers by canonical name, repeated ones joined by a comma.</summary>
    public static FieldMap Headers(ReadOnlySpan<byte> head)
    {
        var names = new List<string>(16);
        var values = new List<string>(16);
        var lines = new HeaderLines(head);
        Dictionary<string, int>? index = null;
        while (lines.Next())
        {
            var name = HeaderNames.Canonicalise(lines.Name);
            var value = HeaderLines.Decode(lines.Value);
            var at = Find(names, ref index, name);
            if (at >= 0)
            {
                values[at] += "," + value;
                continue;
            }

            index?.Add(name, names.Count);
            names.Add(name);
            values.Add(value);
        }

        return new FieldMap([.. names], [.. values.Select(FieldValue.From)]);
    }

    /// <summary>A request's cookies: the values of its Cookie headers by name (RFC 6265 §4.2).</summary>
    public static FieldMap RequestCookies(ReadOnlySpan<byte> head)
    {
        var cookies = new Dictionary<string, FieldValue>(StringComparer.Ordinal);
        var lines = new HeaderLines(head);
        while (lines.Next())
        {
            if (!System.Text.Ascii.EqualsIgnoreCase(lines.Name, "cookie"u8)) continue;
            foreach (var pair in HeaderLines.Decode(lines.Value).Split(';')) AddCookie(cookies, pair);
        }

        return ToMap(cookies);
    }

    /// <summary>A response's cookies: name and value of each Set-Cookie header, without attributes (RFC 6265 §4.1).</summary>
    public static FieldMap ResponseCookies(ReadOnlySpan<byte> head)
    {
        var cookies = new Dictionary<string, FieldValue>(StringComparer.Ordinal);
        var lines = new HeaderLines(head);
        while (lines.Next())
        {
            if (System.Text.Ascii.EqualsIgnoreCase(lines.Name, "set-cookie"u8)) AddCookie(cookies, HeaderLines.Decode(lines.Value).Split(';', 2)[0]);
        }

        return ToMap(cookies);
    }

    /// <summary>A map of <paramref name="values"/>.</summary>
    public static FieldMap ToMap(Dictionary<string, FieldValue> values) => values.Count == 0 ? FieldMap.Empty : new FieldMap([.. values.Keys], [.. values.Values]);

    private static void AddCookie(Dictionary<string, FieldValue> cookies, string pair)
    {
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0) return;
        var name = pair[..equals].Trim();
        var value = pair[(equals + 1)..].Trim();
        if (value.Length >= 2 && value[0] == '"' && value[^1] == '"') value = value[1..^1];
        if (name.Length > 0) cookies[name] = FieldValue.From(value);
    }

    /// <summary>Few names are compared one by one; many, which only an attacker sends, by hash.</summary>
    private static int Find(List<string> names, ref Dictionary<string, int>? index, string name)
    {
        if (names.Count < 32) return names.IndexOf(name);
        if (index is null)
        {
            index = new Dictionary<string, int>(StringComparer.Ordinal);
            for (var i = 0; i < names.Count; i++) index[names[i]] = i;
        }

        return index.TryGetValue(name, out var at) ? at : -1;
    }
}
