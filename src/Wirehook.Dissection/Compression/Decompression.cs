namespace Wirehook.Dissection.Compression;

/// <summary>
/// Decompresses what peers send, within a limit on what comes out: no length that the input declares is believed, a damaged input gives what comes before the
/// damage, and nothing throws.
/// </summary>
internal static class Decompression
{
    /// <summary>The content of <paramref name="input"/>.</summary>
    /// <param name="algorithm">How it was compressed.</param>
    /// <param name="input">The compressed bytes.</param>
    /// <param name="limit">Most bytes that may come out.</param>
    public static DecompressionResult Run(CompressionAlgorithm algorithm, ReadOnlySpan<byte> input, int limit)
    {
        var output = new BoundedOutput(Math.Max(limit, 0), input.Length);
        var status = algorithm switch
        {
            CompressionAlgorithm.Snappy => SnappyFormats.Decode(input, output),
            CompressionAlgorithm.Lz4Block => Lz4Block.Decode(input, output, output.Length),
            CompressionAlgorithm.Lz4Frame => Lz4Frame.Decode(input, output),
            CompressionAlgorithm.Zstandard => Zstandard.Decode(input, output),
            _ => FrameworkDecoder.Decode(algorithm, input, output),
        };
        return new DecompressionResult(output.Written, status);
    }
}
