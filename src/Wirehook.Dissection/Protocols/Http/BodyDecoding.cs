using Wirehook.Dissection.Compression;

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
            var decoded = DecodeOne(body, names[i], limit, out var codingCut);
            if (decoded is null) return body;
            cut |= codingCut;
            body = decoded.Value;
        }

        return body;
    }

    /// <summary>The body without one coding; null where the coding is not known or nothing comes out.</summary>
    private static ReadOnlyMemory<byte>? DecodeOne(ReadOnlyMemory<byte> body, string coding, int limit, out bool cut)
    {
        cut = false;
        if (AlgorithmOf(coding.ToLowerInvariant(), body.Span) is not { } algorithm) return null;
        var result = Decompression.Run(algorithm, body.Span, limit);
        cut = result.Status == DecompressionStatus.Cut;
        return result.Data.IsEmpty ? null : result.Data;
    }

    private static CompressionAlgorithm? AlgorithmOf(string coding, ReadOnlySpan<byte> body) => coding switch
    {
        "gzip" or "x-gzip" => CompressionAlgorithm.Gzip,
        "br" => CompressionAlgorithm.Brotli,
        "zstd" => CompressionAlgorithm.Zstandard,
        "deflate" => IsZlib(body) ? CompressionAlgorithm.Zlib : CompressionAlgorithm.Deflate,
        _ => null,
    };

    /// <summary>Some servers send raw deflate data where RFC 9110 means the zlib format: the zlib header (RFC 1950 §2.2) tells.</summary>
    private static bool IsZlib(ReadOnlySpan<byte> body) => body.Length >= 2 && (body[0] & 0x0f) == 8 && ((body[0] << 8) | body[1]) % 31 == 0;
}
