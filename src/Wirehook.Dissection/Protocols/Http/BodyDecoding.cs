using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Wirehook.Dissection.Protocols.Http;

/// <summary>Takes content codings off a body (RFC 9110 §8.4.1) within a limit on what may come out, whatever a small body promises to become.</summary>
internal static class BodyDecoding
{
    private const int CodingLimit = 4;

    /// <summary>The body without its codings; as much of it as can be decoded, and the body itself where nothing can.</summary>
    /// <param name="body">The body as sent.</param>
    /// <param name="codings">Content-Encoding: names in the order in which they were applied.</param>
    /// <param name="limit">Most bytes that may come out.</param>
    /// <param name="cut">Whether the limit cut the result.</param>
    public static ReadOnlyMemory<byte> Decode(ReadOnlyMemory<byte> body, string codings, int limit, out bool cut)
    {
        cut = false;
        if (codings.Length == 0 || body.IsEmpty) return body;
        var names = codings.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        for (var i = names.Length - 1; i >= Math.Max(0, names.Length - CodingLimit); i--)
        {
            var decoded = DecodeOne(body, names[i], limit, out cut);
            if (decoded is null) return body;
            body = decoded;
        }

        return body;
    }

    private static byte[]? DecodeOne(ReadOnlyMemory<byte> body, string coding, int limit, out bool cut)
    {
        cut = false;
        var segment = MemoryMarshal.TryGetArray(body, out var array) ? array : new ArraySegment<byte>(body.ToArray());
        using var source = new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false);
        using var decoder = Open(source, body.Span, coding.ToLowerInvariant());
        if (decoder is null) return null;
        var output = new MemoryStream();
        var buffer = new byte[16 << 10];
        try
        {
            int read;
            while ((read = decoder.Read(buffer)) > 0)
            {
                var room = (int)Math.Min(read, limit - output.Length);
                output.Write(buffer, 0, room);
                cut = room < read;
                if (cut) break;
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException or InvalidOperationException)
        {
            // A damaged or truncated body yields what comes before the damage.
        }

        return output.Length == 0 ? null : output.ToArray();
    }

    private static Stream? Open(MemoryStream source, ReadOnlySpan<byte> body, string coding) => coding switch
    {
        "gzip" or "x-gzip" => new GZipStream(source, CompressionMode.Decompress),
        "br" => new BrotliStream(source, CompressionMode.Decompress),
        "deflate" when IsZlib(body) => new ZLibStream(source, CompressionMode.Decompress),
        "deflate" => new DeflateStream(source, CompressionMode.Decompress),
        _ => null,
    };

    /// <summary>Some servers send raw deflate data where RFC 9110 means the zlib format: the zlib header (RFC 1950 §2.2) tells.</summary>
    private static bool IsZlib(ReadOnlySpan<byte> body) => body.Length >= 2 && (body[0] & 0x0f) == 8 && ((body[0] << 8) | body[1]) % 31 == 0;
}
