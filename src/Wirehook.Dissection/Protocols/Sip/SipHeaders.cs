using Wirehook.Dissection.Protocols.Http;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Sip;

/// <summary>Headers by the name that RFC 3261 gives them, short forms written out.</summary>
internal static class SipHeaders
{
    /// <summary>Headers by name, repeated ones joined by a comma (RFC 3261 §7.3.1).</summary>
    public static FieldMap Read(ReadOnlySpan<byte> head)
    {
        var map = default(FieldMapBuilder);
        var lines = new HeaderLines(head);
        while (lines.Next()) map.Append(NameOf(lines.Name), HeaderLines.Decode(lines.Value));

        return map.Build();
    }

    private static string NameOf(ReadOnlySpan<byte> name)
    {
        if (name.Length == 1 && WrittenOut((char)(name[0] | 0x20)) is { } full) return full;
        return HeaderNames.Canonicalise(name) switch
        {
            "Call-Id" => "Call-ID",
            "Cseq" => "CSeq",
            "Mime-Version" => "MIME-Version",
            "Rack" => "RAck",
            "Rseq" => "RSeq",
            "Sip-Etag" => "SIP-ETag",
            "Sip-If-Match" => "SIP-If-Match",
            "Www-Authenticate" => "WWW-Authenticate",
            var canonical => canonical,
        };
    }

    private static string? WrittenOut(char compact) => compact switch
    {
        'a' => "Accept-Contact",
        'b' => "Referred-By",
        'c' => "Content-Type",
        'd' => "Request-Disposition",
        'e' => "Content-Encoding",
        'f' => "From",
        'i' => "Call-ID",
        'j' => "Reject-Contact",
        'k' => "Supported",
        'l' => "Content-Length",
        'm' => "Contact",
        'n' => "Identity-Info",
        'o' => "Event",
        'r' => "Refer-To",
        's' => "Subject",
        't' => "To",
        'u' => "Allow-Events",
        'v' => "Via",
        'x' => "Session-Expires",
        'y' => "Identity",
        _ => null,
    };
}
