using System.Text;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Http;

/// <summary>The maps that a head's lines make: headers and cookies.</summary>
internal static class HeaderFields
{
    /// <summary>Headers by canonical name, repeated ones joined by a comma.</summary>
    public static FieldMap Headers(ReadOnlySpan<byte> head)
    {
        var map = default(FieldMapBuilder);
        var lines = new HeaderLines(head);
        while (lines.Next()) map.Append(HeaderNames.Canonicalise(lines.Name), HeaderLines.Decode(lines.Value));

        return map.Build();
    }

    /// <summary>A request's cookies: the values of its Cookie headers by name (RFC 6265 §4.2).</summary>
    public static FieldMap RequestCookies(ReadOnlySpan<byte> head)
    {
        var map = default(FieldMapBuilder);
        var lines = new HeaderLines(head);
        while (lines.Next())
        {
            if (!Ascii.EqualsIgnoreCase(lines.Name, "cookie"u8)) continue;
            AddRequestCookies(ref map, HeaderLines.Decode(lines.Value));
        }

        return map.Build();
    }

    /// <summary>A response's cookies: name and value of each Set-Cookie header, without attributes (RFC 6265 §4.1).</summary>
    public static FieldMap ResponseCookies(ReadOnlySpan<byte> head)
    {
        var map = default(FieldMapBuilder);
        var lines = new HeaderLines(head);
        while (lines.Next())
        {
            if (!Ascii.EqualsIgnoreCase(lines.Name, "set-cookie"u8)) continue;
            AddResponseCookie(ref map, HeaderLines.Decode(lines.Value));
        }

        return map.Build();
    }

    /// <summary>Adds the cookies of one Cookie header.</summary>
    public static void AddRequestCookies(ref FieldMapBuilder map, ReadOnlySpan<char> pairs)
    {
        foreach (var range in pairs.Split(';')) AddCookie(ref map, pairs[range]);
    }

    /// <summary>Adds the cookie of one Set-Cookie header.</summary>
    public static void AddResponseCookie(ref FieldMapBuilder map, ReadOnlySpan<char> value)
    {
        var end = value.IndexOf(';');
        AddCookie(ref map, end < 0 ? value : value[..end]);
    }

    private static void AddCookie(ref FieldMapBuilder map, ReadOnlySpan<char> pair)
    {
        var equals = pair.IndexOf('=');
        if (equals < 0) return;
        var name = pair[..equals].Trim();
        var value = pair[(equals + 1)..].Trim();
        if (value is ['"', .. var quoted, '"']) value = quoted;
        if (name.Length > 0) map[name.ToString()] = FieldValue.From(value.ToString());
    }
}
