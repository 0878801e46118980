using System.Collections.Frozen;
using System.Text;

namespace Wirehook.Dissection.Protocols.Http;

/// <summary>Header names in canonical form: the first letter and every letter after a hyphen upper case, the others lower case.</summary>
internal static class HeaderNames
{
    private static readonly FrozenSet<string> Common = FrozenSet.ToFrozenSet(
    [
        "Accept", "Accept-Charset", "Accept-Encoding", "Accept-Language", "Accept-Ranges", "Access-Control-Allow-Origin", "Age", "Authorization",
        "Cache-Control", "Connection", "Content-Disposition", "Content-Encoding", "Content-Language", "Content-Length", "Content-Type", "Cookie", "Date",
        "Etag", "Expect", "Expires", "Host", "If-Modified-Since", "If-None-Match", "Keep-Alive", "Last-Modified", "Location", "Origin", "Pragma", "Range",
        "Referer", "Server", "Set-Cookie", "Strict-Transport-Security", "Transfer-Encoding", "Upgrade", "User-Agent", "Vary", "Via", "X-Forwarded-For",
        "X-Powered-By", "X-Request-Id", "X-Requested-With",
    ], StringComparer.Ordinal);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> CommonBySpan = Common.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly byte[] FirstForms = MakeForms(first: true);
    private static readonly byte[] OtherForms = MakeForms(first: false);

    /// <summary>The canonical form of <paramref name="name"/>; a name that is no token stays as it is.</summary>
    public static string Canonicalise(ReadOnlySpan<byte> name)
    {
        if (name.Length > 128) return Encoding.UTF8.GetString(name);
        Span<char> canonical = stackalloc char[name.Length];
        var table = FirstForms;
        for (var i = 0; i < name.Length; i++)
        {
            var form = table[name[i]];
            if (form == 0) return Encoding.UTF8.GetString(name);
            canonical[i] = (char)form;
            table = form == '-' ? FirstForms : OtherForms;
        }

        return CommonBySpan.TryGetValue(canonical, out var known) ? known : new string(canonical);
    }

    /// <summary>For each byte the one that a canonical name has in its place, 0 for a byte that no token has (RFC 9110 §5.6.2).</summary>
    private static byte[] MakeForms(bool first)
    {
        var forms = new byte[256];
        foreach (var c in "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz")
        {
            forms[c] = (byte)(first ? char.ToUpperInvariant(c) : c);
            if (char.IsAsciiLetter(c)) forms[char.ToUpperInvariant(c)] = forms[c];
        }

        return forms;
    }
}
