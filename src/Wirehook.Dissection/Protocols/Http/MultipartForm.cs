using System.Text;

namespace Wirehook.Dissection.Protocols.Http;

/// <summary>Reads a <c>multipart/form-data</c> body (RFC 7578).</summary>
internal static class MultipartForm
{
    private const int PartLimit = 1000;

    /// <summary>The parameter <paramref name="name"/> of a header value such as <c>multipart/form-data; boundary=x</c>, or null.</summary>
    public static string? Parameter(string value, string name)
    {
        foreach (var part in value.Split(';').Skip(1))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 || !part.AsSpan(0, equals).Trim().Equals(name, StringComparison.OrdinalIgnoreCase)) continue;
            return part[(equals + 1)..].Trim().Trim('"');
        }

        return null;
    }

    /// <summary>The parts as parameters.</summary>
    public static List<HttpParam> Parse(ReadOnlySpan<byte> body, string boundary)
    {
        var parts = new List<HttpParam>();
        var delimiter = Encoding.UTF8.GetBytes("--" + boundary);
        var at = body.IndexOf(delimiter);
        while (at >= 0 && parts.Count < PartLimit)
        {
            body = body[(at + delimiter.Length)..];
            if (body.StartsWith("--"u8)) break;
            at = body.IndexOf(delimiter);
            Add(parts, at < 0 ? body : body[..at]);
        }

        return parts;
    }

    private static void Add(List<HttpParam> parts, ReadOnlySpan<byte> part)
    {
        var end = HttpHead.FindEnd(part, 0);
        if (end < 0) return;
        var disposition = HeaderLines.Find(part[..end], "content-disposition"u8);
        var type = HeaderLines.Find(part[..end], "content-type"u8);
        var value = part[end..];
        if (value.EndsWith("\r\n"u8)) value = value[..^2];
        else if (value.EndsWith("\n"u8)) value = value[..^1];
        parts.Add(new HttpParam(
            Parameter(disposition, "name") ?? "", Encoding.UTF8.GetString(value), Parameter(disposition, "filename"), type.Length == 0 ? null : type));
    }
}
