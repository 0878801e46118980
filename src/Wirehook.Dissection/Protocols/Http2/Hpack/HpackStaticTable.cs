namespace Wirehook.Dissection.Protocols.Http2.Hpack;

/// <summary>The static table (RFC 7541 appendix A).</summary>
internal static class HpackStaticTable
{
    /// <summary>How many fields it has; indices are 1 to this, the dynamic table's come behind.</summary>
    public const int Length = 61;

    private static readonly HeaderField[] Fields =
    [
        HeaderField.Create(":authority", ""),
        HeaderField.Create(":method", "GET"),
        HeaderField.Create(":method", "POST"),
        HeaderField.Create(":path", "/"),
        HeaderField.Create(":path", "/index.html"),
        HeaderField.Create(":scheme", "http"),
        HeaderField.Create(":scheme", "https"),
        HeaderField.Create(":status", "200"),
        HeaderField.Create(":status", "204"),
        HeaderField.Create(":status", "206"),
        HeaderField.Create(":status", "304"),
        HeaderField.Create(":status", "400"),
        HeaderField.Create(":status", "404"),
        HeaderField.Create(":status", "500"),
        HeaderField.Create("accept-charset", ""),
        HeaderField.Create("accept-encoding", "gzip, deflate"),
        HeaderField.Create("accept-language", ""),
        HeaderField.Create("accept-ranges", ""),
        HeaderField.Create("accept", ""),
        HeaderField.Create("access-control-allow-origin", ""),
        HeaderField.Create("age", ""),
        HeaderField.Create("allow", ""),
        HeaderField.Create("authorization", ""),
        HeaderField.Create("cache-control", ""),
        HeaderField.Create("content-disposition", ""),
        HeaderField.Create("content-encoding", ""),
        HeaderField.Create("content-language", ""),
        HeaderField.Create("content-length", ""),
        HeaderField.Create("content-location", ""),
        HeaderField.Create("content-range", ""),
        HeaderField.Create("content-type", ""),
        HeaderField.Create("cookie", ""),
        HeaderField.Create("date", ""),
        HeaderField.Create("etag", ""),
        HeaderField.Create("expect", ""),
        HeaderField.Create("expires", ""),
        HeaderField.Create("from", ""),
        HeaderField.Create("host", ""),
        HeaderField.Create("if-match", ""),
        HeaderField.Create("if-modified-since", ""),
        HeaderField.Create("if-none-match", ""),
        HeaderField.Create("if-range", ""),
        HeaderField.Create("if-unmodified-since", ""),
        HeaderField.Create("last-modified", ""),
        HeaderField.Create("link", ""),
        HeaderField.Create("location", ""),
        HeaderField.Create("max-forwards", ""),
        HeaderField.Create("proxy-authenticate", ""),
        HeaderField.Create("proxy-authorization", ""),
        HeaderField.Create("range", ""),
        HeaderField.Create("referer", ""),
        HeaderField.Create("refresh", ""),
        HeaderField.Create("retry-after", ""),
        HeaderField.Create("server", ""),
        HeaderField.Create("set-cookie", ""),
        HeaderField.Create("strict-transport-security", ""),
        HeaderField.Create("transfer-encoding", ""),
        HeaderField.Create("user-agent", ""),
        HeaderField.Create("vary", ""),
        HeaderField.Create("via", ""),
        HeaderField.Create("www-authenticate", ""),
    ];

    /// <summary>The field at <paramref name="index"/>, 1 to <see cref="Length"/>.</summary>
    public static HeaderField At(int index) => Fields[index - 1];
}
